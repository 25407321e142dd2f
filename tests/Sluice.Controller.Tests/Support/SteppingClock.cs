namespace Sluice.Controller.Tests.Support;

/// <summary>Time that a test lets pass, and a time of day that somebody sets.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private TimeSpan _elapsed;
    private TimeSpan _step;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) + _elapsed + _step;

    public void Advance(TimeSpan by) => _elapsed += by;

    public void Step(TimeSpan by) => _step += by;
}
