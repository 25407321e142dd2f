namespace Sluice.Kubernetes.Events;

/// <summary>Lets some through at once and then one per interval.</summary>
internal sealed class TokenBucket(int burst, TimeSpan refill, TimeProvider clock)
{
    private double _tokens = burst;
    private long _filledAt = clock.GetTimestamp();

    public bool TryTake()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (clock.GetElapsedTime(_filledAt, now) / refill));
        _filledAt = now;
        if (_tokens < 1)
            return false;
        _tokens--;
        return true;
    }
}
