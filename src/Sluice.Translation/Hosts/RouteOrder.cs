using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Hosts;

/// <summary>
/// Precedence between matches. Of an HTTPRoute (HTTPRouteRule.matches): Exact path, then RegularExpression, then the longest
/// PathPrefix; a method; the most headers; the most query parameters. Of a GRPCRoute (GRPCRouteRule.matches): the most
/// characters of a service, then of a method; the most headers. Ties go to the older route, then the smaller namespace/name,
/// then the first rule. Where RegularExpression stands is for implementations to say: behind Exact, longer patterns first.
/// </summary>
internal static class RouteOrder
{
    private const int LongestPath = 0xFFF;
    private const int LongestName = 0x7FF;
    private const int MostPredicates = 0x1F;
    private const int PositionBits = 32;

    /// <summary>Smaller is tried first. The lower half of the bits is left for the order in which matches were given.</summary>
    public static ulong Rank(RouteMatch match)
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
        return rank << PositionBits;
    }

    /// <inheritdoc cref="Rank(RouteMatch)"/>
    public static ulong Rank(GrpcRouteMatch match)
    {
        var isExact = match.Method?.Type == "Exact";
        var rank = NameRank(match.Method?.Service, isExact);
        rank = (rank << 13) | NameRank(match.Method?.Method, isExact);
        rank = (rank << 5) | (uint)(MostPredicates - Math.Min(match.Headers.Count, MostPredicates));
        return rank << PositionBits;
    }

    /// <summary>Sorts both in place; entries of equal rank keep their order.</summary>
    public static void Sort(RouteEntry[] entries, ulong[] ranks)
    {
        if (entries.Length < 2)
            return;
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] |= (uint)i;
        Array.Sort(ranks, entries);
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = ranks[i] >> PositionBits << PositionBits;
    }

    /// <summary>Order between routes of either kind; a route without creationTimestamp counts as the youngest.</summary>
    public static int Compare(Route one, Route other)
    {
        var age = (one.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue).CompareTo(other.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue);
        if (age != 0)
            return age;
        var names = CompareNames(one.Metadata.Namespace, one.Metadata.Name, other.Metadata.Namespace, other.Metadata.Name);
        return names != 0 ? names : string.CompareOrdinal(one.Kind, other.Kind);
    }

    // 13 bits. Exact names count before patterns, whose characters are not those of a name.
    private static ulong NameRank(string? name, bool isExact)
    {
        ulong rank = name is null ? 2u : isExact ? 0u : 1u;
        return (rank << 11) | (uint)(LongestName - Math.Min(name?.Length ?? 0, LongestName));
    }

    /// <summary>Compares "namespace/name" without making the strings: where one namespace begins with the other, the slash counts.</summary>
    public static int CompareNames(string space, string name, string otherSpace, string otherName)
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
