namespace Sluice.Proxy.Telemetry.Records;

/// <summary>Lines of an access log.</summary>
internal sealed class LineStream : RecordStream;
