namespace Sluice.Proxy.Telemetry.Records;

/// <summary>Records of one kind, of one Gateway on one worker. Each field has one writer; read by whoever sums them up.</summary>
internal sealed class RecordCounters
{
    /// <summary>By the worker: handed over or about to be.</summary>
    public long Written;

    /// <summary>By the worker: found no room.</summary>
    public long Dropped;

    /// <summary>By drains: could not be written out, because of a full disk or a collector that is away.</summary>
    public long Lost;
}
