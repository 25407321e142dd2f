using Sluice.Configuration;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>Configurations of a Gateway that differ in everything that can change, and all serve hosts a.test and *.b.test.</summary>
internal static class LiveConfiguration
{
    /// <summary>One of the shapes: which backend, which filters, how many listeners with which hostnames, whether a second port is there.</summary>
    public static ProxyConfiguration Shape(int step, int port, int otherPort, IReadOnlyList<Endpoint> backends)
    {
        var cluster = new Cluster
        {
            Name = $"test/service{step % 3}:80",
            Endpoints = [backends[step % backends.Count], .. step % 4 == 0 ? [backends[(step + 1) % backends.Count]] : Array.Empty<Endpoint>()],
            LoadBalancing = step % 2 == 0 ? LoadBalancing.RoundRobin : LoadBalancing.LeastRequest,
        };
        var rule = new RouteRule
        {
            Route = "HTTPRoute/test/live",
            Index = 0,
            Action = new ForwardAction([new WeightedBackend { Cluster = cluster.Name, Weight = 1 }]),
            RequestHeaders = step % 5 < 2 ? [] : [new HeaderModifier { Set = [new HeaderValue("X-Step", $"{step}")] }],
            ResponseHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Step", $"{step}")] }],
        };
        var entry = new RouteEntry(new RouteMatch(), rule);
        var listeners = new List<Listener>();

        // The same hosts, through one listener for every host, or through listeners of their own.
        if (step % 3 == 0)
            listeners.Add(MakeListener("all", port, "", [new VirtualHost { Hostname = "*", Routes = [entry] }]));
        else
        {
            listeners.Add(MakeListener("a", port, "a.test", [new VirtualHost { Hostname = "a.test", Routes = [entry] }]));
            listeners.Add(MakeListener("b", port, "*.b.test", [new VirtualHost { Hostname = step % 2 == 0 ? "*.b.test" : "x.b.test", Routes = [entry] }]));
        }

        if (step % 7 < 4)
            listeners.Add(MakeListener("other", otherPort, "", [new VirtualHost { Hostname = "*", Routes = [entry] }]));
        return new ProxyConfiguration { Gateway = "test/gateway", Addresses = ["127.0.0.1"], Clusters = [cluster], Listeners = listeners };
    }

    private static Listener MakeListener(string name, int port, string hostname, IReadOnlyList<VirtualHost> hosts) => new()
    {
        Name = name,
        Port = port,
        BindPort = port,
        Protocol = ListenerProtocol.Http,
        Hostname = hostname,
        VirtualHosts = hosts,
    };
}
