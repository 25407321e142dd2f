namespace Sluice.Controller.RateLimits;

/// <summary>Something to be counted.</summary>
/// <param name="Key">Of the counter, with the beginning of its window.</param>
/// <param name="Hits">How much is added.</param>
/// <param name="Expires">Seconds since 1970 at which the window ends.</param>
internal readonly record struct CounterHit(string Key, long Hits, long Expires);
