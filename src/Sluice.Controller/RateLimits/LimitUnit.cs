namespace Sluice.Controller.RateLimits;

/// <summary>The window of a limit, by Envoy's numbers (RateLimitResponse.RateLimit.Unit).</summary>
public enum LimitUnit
{
    Second = 1,
    Minute = 2,
    Hour = 3,
    Day = 4,

    /// <summary>30 days.</summary>
    Month = 5,

    /// <summary>365 days.</summary>
    Year = 6,

    Week = 7,
}
