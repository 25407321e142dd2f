using System.Text.Json;
using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Json;

/// <summary>Reads access logs and tracing.</summary>
internal static class TelemetryReader
{
    /// <param name="owner">May have a member "telemetry".</param>
    public static TelemetrySettings? Read(JsonElement owner) => owner.OptionalMember("telemetry") is not { } element ? null : new TelemetrySettings
    {
        AccessLogs = element.List("accessLogs", Log),
        Tracing = element.OptionalMember("tracing") is { } tracing ? Tracing(tracing) : null,
    };

    private static AccessLog Log(JsonElement element) => new()
    {
        Sink = element.OptionalText("path") is { } path
            ? new FileLogSink(path)
            : new OtlpLogSink { Provider = Provider(element.Member("otlp")), Attributes = element.OptionalText("attributes") ?? OtlpLogSink.DefaultAttributes },
        Format = Format(element),
        Filter = element.OptionalMember("filter") is { } filter ? Filter(filter) : null,
    };

    public static AccessLogFormat Format(JsonElement element) => new(element.Choice<AccessLogFormatType>("formatType"), element.Text("format"));

    public static AccessLogFilter Filter(JsonElement element) => Filter(element, 1);

    private static AccessLogFilter Filter(JsonElement element, int depth)
    {
        if (depth > AccessLogFilter.MaxDepth)
            throw new JsonException($"\"filter\" is nested more than {AccessLogFilter.MaxDepth} deep");
        if (element.OptionalText("statusCode") is not null)
            return new StatusCodeFilter(element.Choice<FilterComparison>("statusCode"), element.Number("value"));
        if (element.OptionalText("duration") is not null)
            return new DurationFilter(element.Choice<FilterComparison>("duration"), element.OptionalTime("value") ?? throw JsonFields.Wrong("value", "a time such as 00:00:05"));
        if (element.Flag("notHealthCheck"))
            return new NotHealthCheckFilter();
        if (element.Flag("traceable"))
            return new TraceableFilter();
        if (element.OptionalText("header") is { } header)
            return new HeaderFilter(new ValueMatch(header, element.Choice<ValueMatchType>("type"), element.Text("value")));
        if (element.OptionalNumber("responseFlags") is { } flags)
            return new ResponseFlagFilter((ResponseFlags)flags);
        if (element.OptionalElement("grpcStatuses") is not null)
            return new GrpcStatusFilter(element.Numbers("grpcStatuses"), element.Flag("exclude"));
        if (element.OptionalNumber("sample") is { } sample)
            return new SampleFilter(sample, element.Number("of"), element.Flag("independent"));
        if (element.OptionalElement("listeners") is not null)
            return new ListenerFilter(element.Texts("listeners"));
        if (element.OptionalElement("and") is not null)
            return new AndFilter(element.List("and", one => Filter(one, depth + 1)));
        if (element.OptionalElement("or") is not null)
            return new OrFilter(element.List("or", one => Filter(one, depth + 1)));
        return new CelFilter(element.Text("cel"));
    }

    private static Tracing Tracing(JsonElement element) => new()
    {
        Provider = Provider(element.Member("provider")),
        RandomSampling = Percent(element, "randomSampling"),
        ClientSampling = Percent(element, "clientSampling"),
        OverallSampling = Percent(element, "overallSampling"),
        SpawnUpstreamSpan = element.Flag("spawnUpstreamSpan"),
        MaxPathTagLength = element.OptionalNumber("maxPathTagLength") ?? 256,
        Attributes = element.List("attributes", attribute => new SpanAttribute(attribute.Text("name"), attribute.Text("value"), attribute.OptionalText("default"))),
    };

    private static OtlpProvider Provider(JsonElement element) => new()
    {
        Protocol = element.Choice<OtlpProtocol>("protocol"),
        Host = element.Text("host"),
        Port = element.Number("port"),
        IsSecure = element.Flag("secure"),
        ServerName = element.OptionalText("serverName"),
        CaCertificates = element.Texts("caCertificates"),
        Path = element.OptionalText("path") ?? "",
        Timeout = element.OptionalTime("timeout") ?? OtlpProvider.DefaultTimeout,
        ServiceName = element.OptionalText("serviceName"),
        Headers = element.List("headers", header => new HeaderValue(header.Text("name"), header.Text("value"))),
    };

    private static double Percent(JsonElement element, string name)
    {
        if (element.OptionalElement(name) is not { } value)
            return 100;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var percent) && percent is >= 0 and <= 100 ? percent : throw JsonFields.Wrong(name, "a number from 0 to 100");
    }
}
