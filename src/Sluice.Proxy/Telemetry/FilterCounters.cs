using System.Collections.Concurrent;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// What filters of one worker have refused, by filter and reason. Both come from filters' code, not from traffic; the places are the same
/// for all workers, so that whoever reads need not look into anything that a worker is changing.
/// </summary>
internal sealed class FilterCounters
{
    /// <summary>Pairs of filter and reason that are counted by themselves; what comes beyond is counted as "other".</summary>
    public const int Capacity = 256;

    private static readonly ConcurrentDictionary<(string Filter, string Reason), int> Places = new() { [("other", "other")] = 0 };
    private static readonly Lock Adding = new();

    private readonly long[] _denied = new long[Capacity];
    private readonly long[] _shadowed = new long[Capacity];

    /// <summary>The pairs that there are.</summary>
    public static IReadOnlyList<((string Filter, string Reason) Name, int Place)> Names => [.. Places.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value)];

    public ReadOnlySpan<long> Denied => _denied;

    public ReadOnlySpan<long> Shadowed => _shadowed;

    public void CountDenied(string filter, string reason) => _denied[PlaceOf(filter, reason)]++;

    /// <summary>Would have been refused, had the filter been told to.</summary>
    public void CountShadowed(string reason) => _shadowed[PlaceOf("", reason)]++;

    private static int PlaceOf(string filter, string reason)
    {
        if (Places.TryGetValue((filter, reason), out var place))
            return place;
        lock (Adding)
            return Places.Count >= Capacity ? 0 : Places.GetOrAdd((filter, reason), Places.Count);
    }
}
