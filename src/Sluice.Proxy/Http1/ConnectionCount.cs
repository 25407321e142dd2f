namespace Sluice.Proxy.Http1;

/// <summary>Client connections of all workers, against the limit of the whole proxy.</summary>
internal sealed class ConnectionCount(int limit)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>False when the limit is reached; nothing is counted then.</summary>
    public bool TryIncrement()
    {
        if (Interlocked.Increment(ref _count) <= limit)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Decrement() => Interlocked.Decrement(ref _count);
}
