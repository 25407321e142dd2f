using Sluice.Configuration;
using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>
/// Matches that never win, since an equal one comes before them in the order of precedence. (A wider one never does: that
/// order puts the more specific first.)
/// </summary>
internal static class ShadowedRuleCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        var reported = new HashSet<(string, int, string, int)>();
        foreach (var (listener, host) in manifests.Configurations.SelectMany(configuration => configuration.Listeners).SelectMany(listener => listener.VirtualHosts.Select(host => (listener, host))))
        {
            var first = new Dictionary<string, RouteEntry>();
            foreach (var entry in host.Routes)
            {
                if (first.TryAdd(Describe(entry.Match), entry))
                    continue;
                var winner = first[Describe(entry.Match)];
                if (ReferenceEquals(winner.Rule, entry.Rule) || !reported.Add((entry.Rule.Route, entry.Rule.Index, winner.Rule.Route, winner.Rule.Index)))
                    continue;
                if (Find(entry.Rule.Route, manifests.Snapshot) is { } route)
                    yield return Finding.Warning(route, $"spec.rules[{entry.Rule.Index}].matches", $"{Describe(entry.Match)} never wins on {Name(host)}, listener {listener.Name}: rule {winner.Rule.Index} of {winner.Rule.Route} has the same match and comes first");
            }
        }
    }

    private static string Name(VirtualHost host) => host.Hostname == "*" ? "any host" : host.Hostname;

    private static Route? Find(string route, ResourceSnapshot snapshot) =>
        route.Split('/') is [var kind, var space, var name] ? snapshot.FindRoute(kind, new NamespacedName(space, name)) : null;

    private static string Describe(RouteMatch match)
    {
        var parts = new List<string> { $"{match.Path.Type} {(match.Path.Type == PathMatchType.PathPrefix && match.Path.Value.Length > 1 ? match.Path.Value.TrimEnd('/') : match.Path.Value)}" };
        if (match.Method is not null)
            parts.Add($"method {match.Method}");
        parts.AddRange(match.Headers.Select(header => $"header {header.Name} {header.Type} \"{header.Value}\"").Order(StringComparer.Ordinal));
        parts.AddRange(match.QueryParams.Select(parameter => $"query parameter {parameter.Name} {parameter.Type} \"{parameter.Value}\"").Order(StringComparer.Ordinal));
        return string.Join(", ", parts);
    }
}
