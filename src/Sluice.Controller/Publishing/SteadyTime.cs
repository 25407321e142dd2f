namespace Sluice.Controller.Publishing;

/// <summary>Time that only goes forward, for when something is due: the time of day may be set back, and nothing must wait for it to come again.</summary>
internal static class SteadyTime
{
    /// <summary>Means something only beside another of these.</summary>
    public static DateTimeOffset Steady(this TimeProvider clock) => DateTimeOffset.UnixEpoch + clock.GetElapsedTime(0);
}
