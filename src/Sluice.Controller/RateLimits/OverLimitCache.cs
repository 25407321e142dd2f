namespace Sluice.Controller.RateLimits;

/// <summary>Counters that are known to be over their limit until their window ends: nobody needs to be asked about them.</summary>
/// <param name="capacity">Counters that are remembered at the most.</param>
internal sealed class OverLimitCache(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _over = new(StringComparer.Ordinal);

    public bool Contains(string key, long now)
    {
        lock (_lock)
            return _over.TryGetValue(key, out var expires) && expires > now;
    }

    public void Add(string key, long expires, long now)
    {
        lock (_lock)
        {
            if (_over.Count >= capacity)
            {
                foreach (var (old, end) in _over)
                {
                    if (end <= now)
                        _over.Remove(old);
                }
                if (_over.Count >= capacity)
                    return;
            }
            _over[key] = expires;
        }
    }
}
