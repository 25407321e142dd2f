namespace Sluice.Proxy.Filters.Faults;

/// <summary>How many requests of a rule suffer a fault right now, over all workers.</summary>
internal sealed class ActiveFaults
{
    private readonly int _max;
    private readonly Action _release;
    private int _count;

    /// <param name="max">Null: any number.</param>
    public ActiveFaults(int? max)
    {
        _max = max ?? int.MaxValue;
        _release = () => Interlocked.Decrement(ref _count);
    }

    /// <summary>Requests that suffer a fault right now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts the request until its exchange is over; once however many faults it suffers.</summary>
    /// <returns>False when there are as many as there may be.</returns>
    public bool TryBegin(Chain.FilterContext context)
    {
        if (ReferenceEquals(context.Faults, this))
            return true;
        if (Interlocked.Increment(ref _count) > _max)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        context.Faults = this;
        context.OnEnd(_release);
        return true;
    }
}
