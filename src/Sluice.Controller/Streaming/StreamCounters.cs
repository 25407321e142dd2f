namespace Sluice.Controller.Streaming;

/// <summary>What the configuration stream counts, over all proxies.</summary>
internal sealed class StreamCounters
{
    private readonly long[] _ends = new long[Enum.GetValues<StreamEnd>().Length];
    private long _opened;
    private long _full;
    private long _deltas;
    private long _unchanged;
    private long _bytes;

    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>Updates with the whole configuration.</summary>
    public long Full => Interlocked.Read(ref _full);

    /// <summary>Updates with what had changed.</summary>
    public long Deltas => Interlocked.Read(ref _deltas);

    /// <summary>Proxies that had the configuration already.</summary>
    public long Unchanged => Interlocked.Read(ref _unchanged);

    /// <summary>Bytes of updates.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public long Of(StreamEnd end) => Interlocked.Read(ref _ends[(int)end]);

    public void CountOpened() => Interlocked.Increment(ref _opened);

    public void Count(StreamEnd end) => Interlocked.Increment(ref _ends[(int)end]);

    public void CountUpdate(SnapshotUpdate update)
    {
        Interlocked.Increment(ref update.IsFull ? ref _full : ref update.IsUnchanged ? ref _unchanged : ref _deltas);
        Interlocked.Add(ref _bytes, update.Encoded.Length);
    }
}
