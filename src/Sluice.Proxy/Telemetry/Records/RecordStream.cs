namespace Sluice.Proxy.Telemetry.Records;

/// <summary>What the records of some lanes have in common: whose they are, and what stands around them when they are written out.</summary>
internal abstract class RecordStream
{
    /// <summary>The Gateway, as "namespace/name".</summary>
    public required string Gateway { get; init; }
}
