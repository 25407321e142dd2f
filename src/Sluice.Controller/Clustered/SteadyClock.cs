namespace Sluice.Controller.Clustered;

/// <summary>
/// A time of day that nobody sets: it starts with the real one and goes on as fast as time passes. What is due after a pause is
/// reckoned by it, so that a clock that steps back by an hour puts nothing off by an hour.
/// </summary>
/// <param name="clock">Passes the time.</param>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _startedAt = clock.GetTimestamp();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + clock.GetElapsedTime(_startedAt);

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
