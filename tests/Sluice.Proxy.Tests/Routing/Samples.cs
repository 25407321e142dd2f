using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>Shorthand for configurations and what is compiled from them.</summary>
internal static class Samples
{
    public static RouteRule Rule(string name, params WeightedBackend[] backends) =>
        new() { Route = $"HTTPRoute/test/{name}", Index = 0, Action = new ForwardAction(backends) };

    public static RouteRule Rule(string name, RouteAction action) => new() { Route = $"HTTPRoute/test/{name}", Index = 0, Action = action };

    public static RouteEntry Prefix(string name, string prefix) => Entry(name, PathMatchType.PathPrefix, prefix);

    public static RouteEntry Exact(string name, string path) => Entry(name, PathMatchType.Exact, path);

    public static RouteEntry Pattern(string name, string pattern) => Entry(name, PathMatchType.RegularExpression, pattern);

    public static RouteEntry Entry(string name, PathMatchType type, string path) =>
        new(new RouteMatch { Path = new PathMatch(type, path) }, Rule(name));

    public static VirtualHost Host(string hostname, params RouteEntry[] entries) => new() { Hostname = hostname, Routes = entries };

    public static Listener Listener(string name, string hostname, params VirtualHost[] virtualHosts) => new()
    {
        Name = name,
        Port = 80,
        BindPort = 8080,
        Protocol = ListenerProtocol.Http,
        Hostname = hostname,
        VirtualHosts = virtualHosts,
    };

    public static ProxyConfiguration Configuration(params Listener[] listeners) =>
        new() { Gateway = "test/gateway", Addresses = ["127.0.0.1"], Listeners = listeners, Clusters = [] };

    public static RuntimeListener Compile(Listener listener, RuntimeListener? previous = null) =>
        new RouteCompiler(_ => 0, SessionKey.Random(), FilterRun.Parts()).Compile(listener, previous);

    public static RuntimeVirtualHost Compile(params RouteEntry[] entries) => Compile(Listener("http", "", Host("*", entries))).VirtualHosts.Values[0];

    /// <summary>Name of the route that wins, or null.</summary>
    public static string? Winner(this RuntimeVirtualHost virtualHost, Http.RequestHead head) =>
        virtualHost.Match(head)?.Rule.Source.Route["HTTPRoute/test/".Length..];
}
