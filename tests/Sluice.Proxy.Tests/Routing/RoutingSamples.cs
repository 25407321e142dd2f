using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration;
using Sluice.Proxy.Explain;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>Random entries and requests over a small alphabet, so that many of them meet.</summary>
internal static class RoutingSamples
{
    private static readonly Gen<string> Element = Gen.Elements("a", "b", "ab", "a.b", "%7E", "~");

    private static readonly Gen<string> Path =
        from count in Gen.Choose(0, 4)
        from elements in Gen.ArrayOf(Element, count)
        from slash in Gen.Elements("", "", "/")
        select "/" + string.Join('/', elements) + (count == 0 ? "" : slash);

    private static readonly Gen<PathMatch> PathMatch = Gen.Frequency(
        (3, Path.Select(path => new PathMatch(PathMatchType.Exact, path))),
        (4, Path.Select(path => new PathMatch(PathMatchType.PathPrefix, path))),
        (1, Gen.Elements("/a.*", "/(a|b)/b", "/[ab]+", ".*", "/a(/b)*", "/a)|(/b", "/a|/b/a").Select(pattern => new PathMatch(PathMatchType.RegularExpression, pattern))));

    private static readonly Gen<ValueMatch> Predicate =
        from name in Gen.Elements("x", "y", "host")
        from pattern in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from value in pattern ? Gen.Elements("1|2", "1.*", "(", ".*") : Gen.Elements("1", "2", "1,2", "h.example", "")
        select new ValueMatch(name, pattern ? ValueMatchType.RegularExpression : ValueMatchType.Exact, value);

    private static readonly Gen<ValueMatch[]> Predicates =
        from count in Gen.Frequency((4, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)))
        from predicates in Gen.ArrayOf(Predicate, count)
        select predicates;

    private static readonly Gen<RouteMatch> Match =
        from path in PathMatch
        from method in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>("GET", "POST")))
        from headers in Predicates
        from parameters in Predicates
        select new RouteMatch { Path = path, Method = method, Headers = headers, QueryParams = parameters };

    /// <summary>Each entry's rule is named by its index before sorting.</summary>
    public static Gen<RouteEntry[]> Entries { get; } =
        from count in Gen.Frequency((1, Gen.Choose(0, 6)), (2, Gen.Choose(7, 60)))
        from matches in Gen.ArrayOf(Match, count)
        from sorted in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
        select (sorted ? matches.OrderBy(match => match, Comparer<RouteMatch>.Create(Precedence)) : matches.AsEnumerable())
            .Select((match, i) => new RouteEntry(match, Samples.Rule($"{i}"))).ToArray();

    private static readonly Gen<HeaderValue> Header =
        from name in Gen.Elements("x", "X", "y", "z")
        from value in Gen.Elements("1", "2", "1,2", "")
        select new HeaderValue(name, value);

    private static readonly Gen<string> Query =
        from count in Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(3)))
        from parameters in Gen.ArrayOf(Gen.Elements("x=1", "x=2", "y=1", "x", "y=", "host=1", "X=1", "=", "", "z=1=2"), count)
        select count == 0 ? "" : "?" + string.Join('&', parameters);

    public static Gen<ExplainRequest> Request { get; } =
        from method in Gen.Elements("GET", "POST", "get")
        from path in Path.Select(path => path.Replace("%7E", "~", StringComparison.Ordinal)).Or(Gen.Elements("//a", "/a//b", "*", "/a%2Fb"))
        from query in Query
        from count in Gen.Choose(0, 3)
        from headers in Gen.ArrayOf(Header, count)
        select new ExplainRequest { Method = method, Host = "h.example", Path = path, Query = query, Headers = headers };

    public static Http.RequestHead ToHead(this ExplainRequest request) =>
        TestHead.Create(request.Method, request.Host, request.Path, request.Query, [.. request.Headers.Select(header => (header.Name, header.Value))]);

    // HTTPRouteRule.matches.
    private static int Precedence(RouteMatch a, RouteMatch b)
    {
        static int Kind(RouteMatch match) => match.Path.Type switch { PathMatchType.Exact => 0, PathMatchType.RegularExpression => 1, _ => 2 };
        int order = Kind(a) - Kind(b);
        if (order == 0)
            order = b.Path.Value.Length - a.Path.Value.Length;
        if (order == 0)
            order = (b.Method is null ? 0 : 1) - (a.Method is null ? 0 : 1);
        if (order == 0)
            order = b.Headers.Count - a.Headers.Count;
        return order != 0 ? order : b.QueryParams.Count - a.QueryParams.Count;
    }
}
