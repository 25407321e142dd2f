namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>When a change in the cluster is looked at: at once, unless somebody else changes again and again what is applied here.</summary>
internal static class InfrastructurePace
{
    /// <summary>What comes together is looked at together.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>Somebody else wants another value: they get their turn, and the API server its peace.</summary>
    private static readonly TimeSpan FirstRewrite = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestRewrite = TimeSpan.FromSeconds(30);

    /// <summary>Rewrites that are not put off: what the API server fills in arrives in several steps.</summary>
    private const int Free = 3;

    /// <summary>How long to wait before looking.</summary>
    public static TimeSpan Wait(InfrastructureRecord record, DateTimeOffset now)
    {
        if (record.Rewrites < Free)
            return Quiet;
        var pause = FirstRewrite * Math.Pow(2, Math.Min(record.Rewrites - Free, 10));
        var left = record.LastApply + (pause < LongestRewrite ? pause : LongestRewrite) - now;
        return left > Quiet ? left : Quiet;
    }

    /// <summary>Something was applied.</summary>
    public static void Count(InfrastructureRecord record, WantedInfrastructure target, DateTimeOffset now)
    {
        record.Rewrites = ReferenceEquals(record.Written, target) && now - record.LastApply < 2 * LongestRewrite ? record.Rewrites + 1 : 0;
        record.Written = target;
        record.LastApply = now;
    }
}
