using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>Finds the entry that came closest when none matched.</summary>
internal static class ClosestEntry
{
    /// <summary>
    /// First those whose path matched, then those with the fewest predicates that failed, then those that share most of the
    /// path, then the earliest. Null without candidates.
    /// </summary>
    public static EntryCandidate? Of(IReadOnlyList<EntryCandidate> candidates, IReadOnlyList<RouteEntry> entries, string path) => candidates
        .OrderByDescending(candidate => candidate.Predicates[0].Passed)
        .ThenBy(candidate => candidate.Predicates.Count(predicate => !predicate.Passed))
        .ThenByDescending(candidate => CommonLength(entries[candidate.Rank - 1].Match.Path.Value, path))
        .FirstOrDefault();

    private static int CommonLength(string a, string b) =>
        a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
}
