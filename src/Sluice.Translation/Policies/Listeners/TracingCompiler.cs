using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Resources.Policies.Listeners;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Traces of a ListenerPolicy.</summary>
internal static class TracingCompiler
{
    /// <summary>Null when there is no collector for them, which is reported.</summary>
    public static Tracing? Compile(TracingSettings tracing, IPolicySurroundings surroundings, string field)
    {
        var otlp = tracing.Provider.OpenTelemetry;
        var place = $"{field}.provider.openTelemetry";
        if (OtlpProviderCompiler.Compile(otlp.GrpcService, surroundings, $"{place}.grpcService") is not { } provider)
            return null;
        for (var i = 0; i < otlp.ResourceDetectors.Count; i++)
        {
            if (otlp.ResourceDetectors[i].EnvironmentResourceDetector is { Enable: true })
                surroundings.Problem($"{place}.resourceDetectors[{i}]", "is not in force: what a proxy is, it knows itself; its environment is not looked at");
        }
        if (tracing.Verbose)
            surroundings.Problem($"{field}.verbose", "is not in force: spans have no events");
        var attributes = new List<SpanAttribute>();
        for (var i = 0; i < tracing.Attributes.Count; i++)
        {
            if (Attribute(tracing.Attributes[i], surroundings, $"{field}.attributes[{i}]") is { } attribute)
                attributes.Add(attribute);
        }
        return new Tracing
        {
            Provider = provider with { ServiceName = otlp.ServiceName },
            ClientSampling = Percent(tracing.ClientSampling, surroundings, $"{field}.clientSampling"),
            RandomSampling = otlp.Sampler is { IsAlwaysOn: true } ? 100 : Percent(tracing.RandomSampling, surroundings, $"{field}.randomSampling"),
            OverallSampling = Percent(tracing.OverallSampling, surroundings, $"{field}.overallSampling"),
            SpawnUpstreamSpan = tracing.SpawnUpstreamSpan,
            MaxPathTagLength = tracing.MaxPathTagLength,
            Attributes = attributes,
        };
    }

    private static SpanAttribute? Attribute(TracingAttribute attribute, IPolicySurroundings surroundings, string field)
    {
        switch (attribute)
        {
            case { Literal: { } literal }:
                return new SpanAttribute(attribute.Name, literal.Value.Replace("%", "%%", StringComparison.Ordinal));
            case { RequestHeader: { } header }:
                var format = $"%REQ({header.Name})%";
                try
                {
                    FormatParser.Parse(format);
                    return new SpanAttribute(attribute.Name, format, header.DefaultValue);
                }
                catch (LogFormatException error)
                {
                    surroundings.Problem($"{field}.requestHeader.name", error.Message);
                    return null;
                }
            case { Environment: not null }:
                surroundings.Problem($"{field}.environment", "is not in force: the environment of proxies is not told to anybody");
                return null;
            default:
                surroundings.Problem(field, attribute.Metadata is null ? "must have one of literal, environment, requestHeader and metadata" : "metadata is not in force: there is none that spans could tell");
                return null;
        }
    }

    private static int Percent(int percent, IPolicySurroundings surroundings, string field)
    {
        if (percent is >= 0 and <= 100)
            return percent;
        surroundings.Problem(field, $"{percent} must be from 0 to 100; the nearest is in force");
        return Math.Clamp(percent, 0, 100);
    }
}
