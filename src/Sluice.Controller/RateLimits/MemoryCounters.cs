namespace Sluice.Controller.RateLimits;

/// <summary>Counters of this process.</summary>
/// <param name="capacity">Counters that are kept at the most.</param>
internal sealed class MemoryCounters(int capacity) : ILimitCounters
{
    private const int Parts = 16;

    private readonly Part[] _parts = [.. Enumerable.Range(0, Parts).Select(_ => new Part(Math.Max(1, capacity / Parts)))];

    public ValueTask<long[]> AddAsync(IReadOnlyList<CounterHit> hits, long now)
    {
        var counts = new long[hits.Count];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = _parts[(uint)hits[i].Key.GetHashCode(StringComparison.Ordinal) % Parts].Add(hits[i], now);
        return new ValueTask<long[]>(counts);
    }

    private sealed class Part(int capacity)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, (long Count, long Expires)> _counters = new(StringComparer.Ordinal);
        private long _nextSweep;

        public long Add(CounterHit hit, long now)
        {
            lock (_lock)
            {
                _counters.TryGetValue(hit.Key, out var counter);
                if (counter.Expires == 0 && (_counters.Count >= capacity || now >= _nextSweep))
                    Sweep(now);
                var count = counter.Count + hit.Hits;
                _counters[hit.Key] = (count, hit.Expires);
                return count;
            }
        }

        private void Sweep(long now)
        {
            _nextSweep = now + 10;
            foreach (var (key, counter) in _counters)
            {
                if (counter.Expires <= now)
                    _counters.Remove(key);
            }
            if (_counters.Count >= capacity)
                throw new IOException($"there are {_counters.Count} counters in this part, and no room for more");
        }
    }
}
