using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>Spans or log records of one Gateway.</summary>
internal sealed class OtlpStream : RecordStream
{
    public required OtlpSignal Signal { get; init; }

    /// <summary>Who they are of (resource.proto, Resource), encoded.</summary>
    public required byte[] Resource { get; init; }
}
