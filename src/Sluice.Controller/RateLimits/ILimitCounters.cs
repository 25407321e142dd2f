namespace Sluice.Controller.RateLimits;

/// <summary>Where requests are counted.</summary>
internal interface ILimitCounters
{
    /// <summary>Adds to counters; the result has what each of them then stands at.</summary>
    /// <exception cref="IOException">They cannot be reached in time.</exception>
    ValueTask<long[]> AddAsync(IReadOnlyList<CounterHit> hits, long now);
}
