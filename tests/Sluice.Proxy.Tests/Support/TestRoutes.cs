using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry;

namespace Sluice.Proxy.Tests.Support;

/// <summary>A small configuration: hosts, path prefixes and the endpoints behind them, on one listener.</summary>
internal sealed class TestRoutes
{
    private readonly List<(string Host, RouteEntry Entry)> _entries = [];
    private readonly List<Cluster> _clusters = [];

    public int TrustedHops { get; init; }

    public LoadBalancing LoadBalancing { get; init; } = LoadBalancing.RoundRobin;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public UpstreamProtocol Protocol { get; set; } = UpstreamProtocol.Http1;

    public UpstreamTls? Tls { get; set; }

    public TelemetrySettings? Telemetry { get; set; }

    /// <summary>How HTTP is spoken on the listener.</summary>
    public HttpSettings? Http { get; set; }

    public ConnectionSettings? Connection { get; set; }

    public ProxyProtocolAcceptance? ProxyProtocol { get; set; }

    public static TestRoutes All(params Endpoint[] endpoints) => new TestRoutes().Forward("*", "/", endpoints);

    /// <summary>Adds a rule that forwards. Rules of a host are tried in the order in which they were added.</summary>
    public TestRoutes Forward(string host, string prefix, params Endpoint[] endpoints) => Forward(host, prefix, [], endpoints);

    public TestRoutes Forward(string host, string prefix, IReadOnlyList<HeaderModifier> requestHeaders, params Endpoint[] endpoints)
    {
        var name = AddCluster(endpoints);
        return Add(host, prefix, new ForwardAction([new WeightedBackend { Cluster = name, Weight = 1 }]), requestHeaders);
    }

    public TestRoutes Add(string host, string prefix, RouteAction action, IReadOnlyList<HeaderModifier>? requestHeaders = null)
    {
        var rule = new RouteRule
        {
            Route = $"HTTPRoute/test/{host}",
            Index = _entries.Count,
            Action = action,
            RequestHeaders = requestHeaders ?? [],
        };
        _entries.Add((host, new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, prefix) }, rule)));
        return this;
    }

    /// <summary>Adds a cluster that no rule forwards to; returns its name.</summary>
    public string AddCluster(params Endpoint[] endpoints)
    {
        var name = $"test/cluster{_clusters.Count}:80";
        _clusters.Add(new Cluster { Name = name, Endpoints = endpoints, LoadBalancing = LoadBalancing, ConnectTimeout = ConnectTimeout, Protocol = Protocol, Tls = Tls });
        return name;
    }

    /// <summary>Changes the rule that was added last.</summary>
    public TestRoutes With(Func<RouteRule, RouteRule> change)
    {
        var (host, entry) = _entries[^1];
        _entries[^1] = (host, entry with { Rule = change(entry.Rule) });
        return this;
    }

    /// <summary>Changes the match of the rule that was added last.</summary>
    public TestRoutes Match(Func<RouteMatch, RouteMatch> change)
    {
        var (host, entry) = _entries[^1];
        _entries[^1] = (host, entry with { Match = change(entry.Match) });
        return this;
    }

    public ProxyConfiguration Build(int port) => new()
    {
        Gateway = "test/gateway",
        Addresses = ["127.0.0.1"],
        Telemetry = Telemetry,
        Clusters = Tls is null ? _clusters : [.. _clusters.Select(cluster => cluster with { Tls = Tls })],
        Listeners =
        [
            new Listener
            {
                Name = "http",
                Port = port,
                BindPort = port,
                Protocol = ListenerProtocol.Http,
                Hostname = "",
                TrustedHops = TrustedHops,
                Http = Http,
                Connection = Connection,
                ProxyProtocol = ProxyProtocol,
                VirtualHosts =
                [
                    .. _entries.GroupBy(entry => entry.Host).Select(host => new VirtualHost
                    {
                        Hostname = host.Key,
                        Routes = [.. host.Select(entry => entry.Entry)],
                    }),
                ],
            },
        ],
    };
}
