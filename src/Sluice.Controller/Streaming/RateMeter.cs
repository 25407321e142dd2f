namespace Sluice.Controller.Streaming;

/// <summary>Allows so many events per second, and so many at once after a pause (a token bucket).</summary>
internal sealed class RateMeter(int perSecond, int burst, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private double _left = burst;
    private long _at = clock.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(burst, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            if (_left < 1)
                return false;
            _left--;
            return true;
        }
    }
}
