namespace Sluice.Controller.Statuses;

/// <summary>When what is written. Conditions and addresses go out at once; what changes often, or is contested, waits a little.</summary>
internal static class StatusPace
{
    /// <summary>Between two writes of numbers of attached routes; grows while they come without a pause.</summary>
    private static readonly TimeSpan FirstCount = TimeSpan.FromMilliseconds(50);

    /// <summary>Numbers are right after so long at the latest.</summary>
    private static readonly TimeSpan LongestCount = TimeSpan.FromMilliseconds(800);

    /// <summary>Somebody else writes what we write: they get their turn, and the API server its peace.</summary>
    private static readonly TimeSpan FirstRewrite = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestRewrite = TimeSpan.FromSeconds(30);

    /// <summary>The API server says no, to the object or to us.</summary>
    private static readonly TimeSpan FirstRefusal = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestRefusal = TimeSpan.FromMinutes(5);

    /// <summary>The API server is away or busy.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Without a write for so long, the numbers are written at once again.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    public static DateTimeOffset Counts(StatusRecord record, DateTimeOffset now)
    {
        if (now - record.LastWrite >= Quiet)
            record.CountWrites = 0;
        return Later(now, record.LastWrite + Grow(FirstCount, record.CountWrites, LongestCount));
    }

    /// <summary>The first two times are at once: a write of ours and one of somebody else may have crossed.</summary>
    public static DateTimeOffset Rewrite(StatusRecord record, DateTimeOffset now) =>
        record.Rewrites < 2 ? now : Later(now, record.LastWrite + Grow(FirstRewrite, record.Rewrites - 2, LongestRewrite));

    public static DateTimeOffset Refused(StatusRecord record, DateTimeOffset now) => now + Grow(FirstRefusal, record.Refusals - 1, LongestRefusal);

    /// <param name="failures">In a row, from 1.</param>
    public static TimeSpan Pause(int failures) => Grow(FirstPause, failures - 1, LongestPause) * (0.75 + (Random.Shared.NextDouble() / 2));

    private static TimeSpan Grow(TimeSpan first, int times, TimeSpan longest)
    {
        var grown = first * Math.Pow(2, Math.Min(times, 20));
        return grown < longest ? grown : longest;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
