namespace Sluice.Controller.Tests.Support;

/// <summary>A clock that a test sets.</summary>
internal sealed class ManualClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>By how much the time of day was set forward or back; what measures how long something takes does not notice.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now + Step;

    public override long GetTimestamp() => (Now - DateTimeOffset.UnixEpoch).Ticks;
}
