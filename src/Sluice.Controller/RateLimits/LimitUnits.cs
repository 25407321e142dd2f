namespace Sluice.Controller.RateLimits;

internal static class LimitUnits
{
    public static long Seconds(LimitUnit unit) => unit switch
    {
        LimitUnit.Second => 1,
        LimitUnit.Minute => 60,
        LimitUnit.Hour => 3600,
        LimitUnit.Day => 86_400,
        LimitUnit.Week => 604_800,
        LimitUnit.Month => 30 * 86_400,
        _ => 365 * 86_400,
    };
}
