using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>Compiles the rules of a route: everything about it that does not depend on its parents.</summary>
/// <param name="httpRules">For HTTPRoutes.</param>
/// <param name="grpcRules">For GRPCRoutes, whose backends speak HTTP/2.</param>
internal sealed class RouteCompiler(RuleCompiler httpRules, RuleCompiler grpcRules)
{
    /// <summary>Number of routes compiled: what memoization is measured by.</summary>
    public long Compiled { get; private set; }

    /// <param name="route">The route.</param>
    /// <param name="previous">The version before: parts of equal content are taken from there.</param>
    public CompiledRoute Compile(Layer7Route route, CompiledRoute? previous)
    {
        Compiled++;
        var findings = new RouteFindings();
        var rules = route is GrpcRoute ? grpcRules : httpRules;
        var before = previous?.Entries ?? [];
        var name = before.Length > 0 ? before[0].Rule.Route : $"{route.Kind}/{route.Metadata.Namespace}/{route.Metadata.Name}";
        var entries = new List<RouteEntry>();
        var ranks = new List<ulong>();
        var anyServed = false;
        for (var i = 0; i < route.CommonRules.Count; i++)
        {
            var served = rules.Compile(route, i, name, findings, out var rule);
            rule = EntryReuse.Rule(rule, before);
            var kept = entries.Count;
            foreach (var (match, rank) in Matches(route.CommonRules[i], $"rules[{i}].matches", findings))
            {
                entries.Add(EntryReuse.Entry(match, rule, before));
                ranks.Add(rank);
            }
            anyServed |= served && entries.Count > kept;
        }
        var sorted = entries.ToArray();
        var sortedRanks = ranks.ToArray();
        RouteOrder.Sort(sorted, sortedRanks);
        return new CompiledRoute(EntryReuse.Array(sorted, before), route is GrpcRoute ? sortedRanks : null, findings.Judge(anyServed), rules.TakePoliced());
    }

    private static IEnumerable<(RouteMatch Match, ulong Rank)> Matches(CommonRouteRule rule, string field, RouteFindings findings)
    {
        if (rule is GrpcRouteRule grpc)
        {
            for (var i = 0; i < grpc.Matches.Count; i++)
            {
                if (GrpcMatchCompiler.Compile(grpc.Matches[i], $"{field}[{i}]", findings) is { } match)
                    yield return (match, RouteOrder.Rank(grpc.Matches[i]));
            }
            yield break;
        }
        var matches = ((HttpRouteRule)rule).Matches;
        for (var i = 0; i < matches.Count; i++)
        {
            if (MatchCompiler.Compile(matches[i], $"{field}[{i}]", findings) is { } match)
                yield return (match, RouteOrder.Rank(match));
        }
    }
}
