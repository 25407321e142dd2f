namespace Sluice.ApiServer.Store;

/// <summary>The last changes of one kind, in order, bounded. Thread-safe.</summary>
internal sealed class ChangeLog(HistoryLimits limits, TimeProvider clock, long floor)
{
    private readonly Lock _gate = new();
    private (StoreChange Change, long Time)[] _ring = new (StoreChange, long)[16];
    private int _first;
    private int _count;
    private long _bytes;
    private long _floor = floor;

    /// <summary>Set whenever there is something new, or something old was dropped.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Changes up to this version are forgotten.</summary>
    public long Floor => Volatile.Read(ref _floor);

    public void Append(in StoreChange change)
    {
        lock (_gate)
        {
            if (_count == _ring.Length)
                Grow();
            _ring[(_first + _count++) % _ring.Length] = (change, clock.GetTimestamp());
            _bytes += change.Object.Json.Length;
            Trim();
        }
    }

    /// <summary>Drops what has become too old.</summary>
    public void Expire()
    {
        lock (_gate)
            Trim();
    }

    /// <summary>Adds up to <paramref name="max"/> changes after a version; false when some of them are forgotten.</summary>
    public bool TryRead(long after, List<StoreChange> into, int max)
    {
        lock (_gate)
        {
            if (after < _floor)
                return false;
            for (var i = IndexAfter(after); i < _count && max > 0; i++, max--)
                into.Add(_ring[(_first + i) % _ring.Length].Change);
            return true;
        }
    }

    private int IndexAfter(long version)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ring[(_first + middle) % _ring.Length].Change.Version <= version)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void Trim()
    {
        while (_count > 0 && (_count > limits.MaxChanges || _bytes > limits.MaxBytes || clock.GetElapsedTime(_ring[_first].Time) > limits.MaxAge))
        {
            var change = _ring[_first].Change;
            Volatile.Write(ref _floor, change.Version);
            _bytes -= change.Object.Json.Length;
            _ring[_first] = default;
            _first = (_first + 1) % _ring.Length;
            _count--;
        }

        if (_count == 0 && _ring.Length > 1024)
            (_ring, _first) = (new (StoreChange, long)[16], 0);
    }

    private void Grow()
    {
        var larger = new (StoreChange, long)[_ring.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = _ring[(_first + i) % _ring.Length];
        (_ring, _first) = (larger, 0);
    }
}
