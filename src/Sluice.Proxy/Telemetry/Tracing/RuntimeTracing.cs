using System.Text;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>Tracing of a Gateway, compiled. Shared by its workers.</summary>
internal sealed class RuntimeTracing
{
    /// <exception cref="LogFormatException">An attribute is none.</exception>
    public RuntimeTracing(Configuration.Telemetry.Tracing source, CapturePlan plan, RecordDrain drain, RecordStream stream)
    {
        Drain = drain;
        Stream = stream;
        Sampler = new Sampler(source);
        SpawnsAttempts = source.SpawnUpstreamSpan;
        MaxPathLength = Math.Clamp(source.MaxPathTagLength, 1, RequestRecord.MaxValueBytes);
        UserAgent = CapturePlan.Add(plan.Request, "user-agent");
        Attributes = [.. source.Attributes.Select(attribute => (
            Encoding.UTF8.GetBytes(attribute.Name),
            LogCompiler.Compile(FormatParser.Parse(attribute.Value), plan),
            attribute.Default is { } fallback ? Encoding.UTF8.GetBytes(fallback) : null))];
    }

    public static LogStep[] FlagSteps { get; } = LogCompiler.Compile(FormatParser.Parse("%RESPONSE_FLAGS%"), new CapturePlan());

    public RecordDrain Drain { get; }

    public RecordStream Stream { get; }

    public Sampler Sampler { get; }

    public bool SpawnsAttempts { get; }

    public int MaxPathLength { get; }

    /// <summary>Place of the field in the plan.</summary>
    public int UserAgent { get; }

    public (byte[] Name, LogStep[] Steps, byte[]? Default)[] Attributes { get; }
}
