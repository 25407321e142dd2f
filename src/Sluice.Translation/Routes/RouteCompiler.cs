using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>Compiles the rules of a route: everything about it that does not depend on its parents.</summary>
internal sealed class RouteCompiler(RuleCompiler rules)
{
    /// <summary>Number of routes compiled: what memoization is measured by.</summary>
    public long Compiled { get; private set; }

    /// <param name="route">The route.</param>
    /// <param name="previous">Entries of the version before: parts of equal content are taken from there.</param>
    public (RouteEntry[] Entries, RouteVerdict Verdict) Compile(HttpRoute route, RouteEntry[] previous)
    {
        Compiled++;
        var findings = new RouteFindings();
        var name = previous.Length > 0 ? previous[0].Rule.Route : $"HTTPRoute/{route.Metadata.Namespace}/{route.Metadata.Name}";
        var entries = new List<RouteEntry>();
        var anyServed = false;
        for (var i = 0; i < route.Rules.Count; i++)
        {
            var served = rules.Compile(route, i, name, findings, out var rule);
            rule = EntryReuse.Rule(rule, previous);
            var matches = route.Rules[i].Matches;
            var kept = 0;
            for (var j = 0; j < matches.Count; j++)
            {
                if (MatchCompiler.Compile(matches[j], $"rules[{i}].matches[{j}]", findings) is not { } match)
                    continue;
                kept++;
                entries.Add(EntryReuse.Entry(match, rule, previous));
            }
            anyServed |= served && kept > 0;
        }
        var sorted = entries.ToArray();
        RouteOrder.Sort(sorted);
        return (EntryReuse.Array(sorted, previous), findings.Judge(anyServed));
    }
}
