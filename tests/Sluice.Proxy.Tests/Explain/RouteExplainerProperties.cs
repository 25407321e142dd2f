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
        Gen<string> hostname = Gen.Elements("*", "h.example", "*.example", "other.example");
        Gen<VirtualHost> virtualHost = from name in hostname from entries in RoutingSamples.Entries select Samples.Host(name, entries);
        Gen<Listener[]> listeners =
            from count in Gen.Choose(1, 3)
            from names in Gen.ArrayOf(Gen.Elements("", "h.example", "*.example", "other.example"), count)
            from hosts in Gen.ArrayOf(Gen.ArrayOf(virtualHost, 2), count)
            select names.Select((name, i) => Samples.Listener($"{i}", name, hosts[i])).ToArray();
        Gen<(Listener[] Listeners, ExplainRequest[] Requests)> cases =
            from configured in listeners from requests in Gen.ArrayOf(RoutingSamples.Request, 5) select (configured, requests);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            ListenerTable table = ListenerTable.Create([.. sample.Listeners.Select(listener => Samples.Compile(listener))]);
            return Array.TrueForAll(sample.Requests, request => Agrees(table, sample.Listeners, request));
        }));
    }

    private static bool Agrees(ListenerTable table, Listener[] listeners, ExplainRequest request)
    {
        Http.RequestHead head = request.ToHead();
        RuntimeListener? listener = table.Find(head.Authority, out RuntimeVirtualHost? virtualHost);
        RuntimeEntry? entry = virtualHost?.Match(head);

        Explanation explanation = RouteExplainer.Explain([Samples.Configuration(listeners)], request);

        return explanation.Listeners.FirstOrDefault(candidate => candidate.Wins)?.Name == listener?.Source.Name
            && explanation.VirtualHosts.FirstOrDefault(candidate => candidate.Wins)?.Hostname == virtualHost?.Source.Hostname
            && explanation.Winner?.Route == entry?.Rule.Source.Route
            && (entry is not null || explanation.StatusCode == 404)
            && (explanation.Outcome == ExplainOutcome.NoRoute) == (virtualHost is not null && entry is null)
            && (explanation.Closest is not null) == (explanation.Outcome == ExplainOutcome.NoRoute && explanation.Entries.Count > 0);
    }
}
