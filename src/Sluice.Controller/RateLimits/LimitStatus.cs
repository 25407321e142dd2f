namespace Sluice.Controller.RateLimits;

/// <summary>What became of a descriptor.</summary>
/// <param name="IsOver">It is over its limit.</param>
/// <param name="Rule">Its limit; null: none.</param>
/// <param name="Remaining">What is left of the window.</param>
/// <param name="Reset">Seconds until the window ends.</param>
internal readonly record struct LimitStatus(bool IsOver, LimitRule? Rule, long Remaining, long Reset);
