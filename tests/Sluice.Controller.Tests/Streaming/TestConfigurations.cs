using Sluice.Configuration;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>Configurations that need no backend.</summary>
internal static class TestConfigurations
{
    public const string Gateway = "test/gateway";

    /// <summary>One listener on a port that answers every request with a text, and a cluster of so many endpoints that nothing uses.</summary>
    public static ProxyConfiguration Answering(int port, string text, int endpoints = 0, TlsCertificate? certificate = null) => new()
    {
        Gateway = Gateway,
        Addresses = ["192.0.2.1"],
        Listeners = certificate is null ? [Http(port, text)] : [Http(port, text), Https(port + 1, text, certificate)],
        Clusters = [new Cluster { Name = "test/unused:80", Endpoints = [.. Enumerable.Range(1, endpoints).Select(i => new Endpoint("127.0.0.1", i))] }],
    };

    /// <summary>The same with another endpoint: nothing else changes.</summary>
    public static ProxyConfiguration WithEndpoint(this ProxyConfiguration configuration, int port)
    {
        var cluster = configuration.Clusters[0];
        return configuration with { Clusters = [cluster with { Endpoints = [.. cluster.Endpoints, new Endpoint("127.0.0.2", port)] }] };
    }

    /// <summary>A configuration that no data plane takes: an endpoint without a port.</summary>
    public static ProxyConfiguration WithBadEndpoint(this ProxyConfiguration configuration) => configuration.WithEndpoint(0);

    private static Listener Http(int port, string text) => new()
    {
        Name = "http",
        Port = 80,
        BindPort = port,
        Protocol = ListenerProtocol.Http,
        Hostname = "",
        VirtualHosts =
        [
            new VirtualHost
            {
                Hostname = "*",
                Routes =
                [
                    new RouteEntry(
                        new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") },
                        new RouteRule { Route = "HTTPRoute/test/route", Index = 0, Action = new DirectResponseAction { StatusCode = 200, Body = text, ContentType = "text/plain" } }),
                ],
            },
        ],
    };

    private static Listener Https(int port, string text, TlsCertificate certificate) => Http(port, text) with
    {
        Name = "https",
        Port = 443,
        Protocol = ListenerProtocol.Https,
        Tls = new ListenerTls { Mode = TlsMode.Terminate, Certificates = [certificate] },
    };
}
