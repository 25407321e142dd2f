using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

/// <summary>What is explained is what happens.</summary>
public sealed class RouteExplainerProperties
{
    [Fact]
    public void Explain_AnyConfiguration_NamesTheWinnerOfTheRoutingTables()
    {
        Gen<VirtualHost[]> virtualHosts =
            from names in Gen.SubListOf("*", "h.example", "*.example", "other.example")
            from entries in Gen.ArrayOf(RoutingSamples.Entries, 4)
            select names.Select((name, i) => Samples.Host(name, [.. entries[i].Select(entry => Named(name, entry))])).ToArray();
        Gen<Listener[]> listeners =
            from count in Gen.Choose(1, 3)
            from names in Gen.ArrayOf(Gen.Elements("", "h.example", "*.example", "other.example"), count)
            from hosts in Gen.ArrayOf(virtualHosts, count)
            select names.Select((name, i) => Samples.Listener($"{i}", name, hosts[i])).ToArray();
        Gen<(Listener[] Listeners, ExplainRequest[] Requests)> cases =
            from configured in listeners from requests in Gen.ArrayOf(RoutingSamples.Request, 5) select (configured, requests);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            ListenerTable table = ListenerTable.Create([.. sample.Listeners.Select(listener => Samples.Compile(listener))]);
            return Array.TrueForAll(sample.Requests, request => Agrees(table, sample.Listeners, request));
        }));
    }

    private static RouteEntry Named(string hostname, RouteEntry entry) => entry with { Rule = entry.Rule with { Route = $"{entry.Rule.Route} {hostname}" } };

    private static bool Agrees(ListenerTable table, Listener[] listeners, ExplainRequest request)
    {
        RuntimeEntry? entry = table.Match(request.ToHead(), out RuntimeListener? listener);

        Explanation explanation = RouteExplainer.Explain([Samples.Configuration(listeners)], request);

        bool hasRoutes = explanation.VirtualHosts.Any(virtualHost => virtualHost.Matches);
        return explanation.Listeners.FirstOrDefault(candidate => candidate.Wins)?.Name == listener?.Source.Name
            && explanation.Winner?.Route == entry?.Rule.Source.Route
            && (entry is null || explanation.VirtualHosts.Single(candidate => candidate.Wins).Hostname == entry.Rule.Source.Route.Split(' ')[1])
            && (entry is not null || explanation.StatusCode == 404)
            && (explanation.Outcome == ExplainOutcome.NoRoute) == (hasRoutes && entry is null)
            && (explanation.Closest is not null) == (explanation.Outcome == ExplainOutcome.NoRoute && explanation.Entries.Count > 0);
    }
}
