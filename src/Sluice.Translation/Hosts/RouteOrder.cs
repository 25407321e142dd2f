using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Hosts;

/// <summary>
/// Precedence between matches (HTTPRouteRule.matches): Exact path, then RegularExpression, then the longest PathPrefix; a method;
/// the most headers; the most query parameters. Ties go to the older route, then the smaller namespace/name, then the first
/// rule. Where RegularExpression stands is for implementations to say; longer patterns come first.
/// </summary>
internal static class RouteOrder
{
    private const int LongestPath = 0xFFF;
    private const int MostPredicates = 0x1F;

    /// <summary>
    /// Smaller is tried first. The rank's upper bits order matches, the lower ones keep the order in which they were given.
    /// </summary>
    public static ulong Rank(RouteMatch match, int position)
    {
        var length = Length(match.Path);
        ulong rank = match.Path.Type switch
        {
            PathMatchType.Exact => 0,
            PathMatchType.RegularExpression => 1,
            _ => 2,
        };
        rank = (rank << 12) | (uint)(LongestPath - Math.Min(length, LongestPath));
        rank = (rank << 1) | (match.Method is null ? 1UL : 0UL);
        rank = (rank << 5) | (uint)(MostPredicates - Math.Min(match.Headers.Count, MostPredicates));
        rank = (rank << 5) | (uint)(MostPredicates - Math.Min(match.QueryParams.Count, MostPredicates));
        return (rank << 32) | (uint)position;
    }

    /// <summary>Sorts in place; entries of equal rank keep their order.</summary>
    public static void Sort(RouteEntry[] entries)
    {
        if (entries.Length < 2)
            return;
        var ranks = new ulong[entries.Length];
        for (var i = 0; i < entries.Length; i++)
            ranks[i] = Rank(entries[i].Match, i);
        Array.Sort(ranks, entries);
    }

    /// <summary>Order between routes; a route without creationTimestamp counts as the youngest.</summary>
    public static int Compare(HttpRoute one, HttpRoute other)
    {
        var age = (one.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue).CompareTo(other.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue);
        if (age != 0)
            return age;
        return CompareNames(one.Metadata.Namespace, one.Metadata.Name, other.Metadata.Namespace, other.Metadata.Name);
    }

    // Compares "namespace/name" without making the strings: where one namespace begins with the other, the slash counts.
    private static int CompareNames(string space, string name, string otherSpace, string otherName)
    {
        if (space == otherSpace)
            return string.CompareOrdinal(name, otherName);
        var common = Math.Min(space.Length, otherSpace.Length);
        var order = string.CompareOrdinal(space, 0, otherSpace, 0, common);
        if (order != 0)
            return order;
        return space.Length < otherSpace.Length ? '/'.CompareTo(otherSpace[common]) : space[common].CompareTo('/');
    }

    // A trailing slash of a prefix means nothing (HTTPPathMatch), so it must not decide either.
    private static int Length(PathMatch path) =>
        path.Type == PathMatchType.PathPrefix && path.Value.Length > 1 && path.Value[^1] == '/' ? path.Value.Length - 1 : path.Value.Length;
}
