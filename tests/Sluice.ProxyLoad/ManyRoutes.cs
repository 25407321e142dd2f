using System.Globalization;
using Sluice.Configuration;

namespace Sluice.ProxyLoad;

/// <summary>A configuration with as many routes as backends, of which one at a time changes.</summary>
internal sealed class ManyRoutes
{
    private readonly RouteEntry[] _entries;
    private readonly Cluster[] _clusters;
    private int _changes;

    public ManyRoutes(string gateway, int routes, int port)
    {
        _entries = [.. Enumerable.Range(0, routes).Select(i => Entry(i, 0))];
        _clusters = [.. Enumerable.Range(0, routes).Select(i => new Cluster { Name = $"load/service-{i}:80", Endpoints = [new Endpoint("127.0.0.1", 1 + (i % 60_000))] })];
        Current = new ProxyConfiguration
        {
            Gateway = gateway,
            Addresses = ["127.0.0.1"],
            Clusters = _clusters,
            Listeners =
            [
                new Listener
                {
                    Name = "http",
                    Port = port,
                    BindPort = port,
                    Protocol = ListenerProtocol.Http,
                    Hostname = "",
                    VirtualHosts = [new VirtualHost { Hostname = "*", Routes = _entries }],
                },
            ],
        };
    }

    public ProxyConfiguration Current { get; private set; }

    /// <summary>A route leads elsewhere.</summary>
    public ProxyConfiguration ChangeRoute()
    {
        var at = ++_changes * 7919 % _entries.Length;
        var entries = _entries.ToArray();
        entries[at] = _entries[at] = Entry(at, _changes);
        var listener = Current.Listeners[0];
        return Current = Current with { Listeners = [listener with { VirtualHosts = [listener.VirtualHosts[0] with { Routes = entries }] }] };
    }

    /// <summary>A backend has moved.</summary>
    public ProxyConfiguration ChangeEndpoint()
    {
        var at = ++_changes * 7919 % _clusters.Length;
        var clusters = _clusters.ToArray();
        clusters[at] = _clusters[at] = _clusters[at] with { Endpoints = [new Endpoint("127.0.0.1", 1 + (_changes % 60_000))] };
        return Current = Current with { Clusters = clusters };
    }

    private static RouteEntry Entry(int index, int change)
    {
        var target = string.Create(CultureInfo.InvariantCulture, $"load/service-{(index + change) % 5000}:80");
        return new RouteEntry(
            new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, $"/route-{index}") },
            new RouteRule
            {
                Route = $"HTTPRoute/load/route-{index}",
                Index = 0,
                Action = new ForwardAction([new WeightedBackend { Cluster = target, Weight = 1 }]),
                RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("x-change", change.ToString(CultureInfo.InvariantCulture))] }],
            });
    }
}
