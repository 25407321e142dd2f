using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.RateLimits;

/// <summary>
/// The buckets of a process by name. A configuration that names a bucket with the same numbers as before gets the same bucket, so that
/// changes elsewhere do not fill it; buckets that no configuration uses any more go away.
/// </summary>
internal sealed class TokenBuckets
{
    private const int FirstSweep = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, WeakReference<TokenBucket>> _buckets = [];
    private int _nextSweep = FirstSweep;

    /// <param name="policy">Its numbers must be in their ranges.</param>
    /// <param name="now">Milliseconds on the workers' clock, for one that begins.</param>
    public TokenBucket Get(LocalRateLimitPolicy policy, long now)
    {
        long interval = (long)policy.FillInterval.TotalMilliseconds;
        var key = new Key(policy.Bucket, policy.MaxTokens, policy.TokensPerFill, interval);
        lock (_lock)
        {
            if (_buckets.TryGetValue(key, out WeakReference<TokenBucket>? reference) && reference.TryGetTarget(out TokenBucket? known))
                return known;
            if (_buckets.Count >= _nextSweep)
                Sweep();
            var bucket = new TokenBucket(policy.MaxTokens, policy.TokensPerFill, interval, now);
            _buckets[key] = new WeakReference<TokenBucket>(bucket);
            return bucket;
        }
    }

    private void Sweep()
    {
        foreach ((Key key, WeakReference<TokenBucket> reference) in _buckets)
        {
            if (!reference.TryGetTarget(out _))
                _buckets.Remove(key);
        }
        _nextSweep = Math.Max(FirstSweep, 2 * _buckets.Count);
    }

    private readonly record struct Key(string Name, int MaxTokens, int TokensPerFill, long Interval);
}
