using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Reads listeners, virtual hosts and clusters.</summary>
internal static class ConfigurationReader
{
    public static ProxyConfiguration Read(JsonElement element)
    {
        var rules = new Dictionary<string, RouteRule>(StringComparer.Ordinal);
        foreach (var rule in element.List("rules", RuleReader.Rule))
        {
            if (!rules.TryAdd(ConfigurationWriter.RuleId(rule), rule))
                throw new JsonException($"\"rules\" has {ConfigurationWriter.RuleId(rule)} twice");
        }
        return new ProxyConfiguration
        {
            Gateway = element.Text("gateway"),
            Addresses = element.Texts("addresses"),
            Listeners = element.List("listeners", listener => Listener(listener, rules)),
            Clusters = element.List("clusters", cluster => Cluster(cluster, TlsReader.Certificate)),
            Telemetry = TelemetryReader.Read(element),
        };
    }

    private static Listener Listener(JsonElement element, Dictionary<string, RouteRule> rules) => new()
    {
        Name = element.Text("name"),
        Port = element.Number("port"),
        BindPort = element.Number("bindPort"),
        Protocol = element.Choice<ListenerProtocol>("protocol"),
        Hostname = element.Text("hostname"),
        TrustedHops = element.OptionalNumber("trustedHops") ?? 0,
        VirtualHosts = element.List("virtualHosts", host => new VirtualHost
        {
            Hostname = host.Text("hostname"),
            Routes = host.List("routes", entry => Entry(entry, rules)),
        }),
        Tls = element.OptionalMember("tls") is { } tls ? TlsReader.Listener(tls, TlsReader.Certificate) : null,
        TlsHosts = element.List("tlsHosts", TlsReader.Host),
        Stream = element.OptionalMember("stream") is { } stream ? TlsReader.Route(stream) : null,
        ProxyProtocol = element.OptionalMember("proxyProtocol") is { } acceptance ? TlsReader.ProxyProtocol(acceptance) : null,
        Connection = ListenerSettingsReader.Connection(element),
        Http = ListenerSettingsReader.Http(element),
    };

    public static Endpoint Endpoint(JsonElement element) => new(element.Text("address"), element.Number("port"));

    private static RouteEntry Entry(JsonElement element, Dictionary<string, RouteRule> rules)
    {
        var id = element.Text("rule");
        return rules.TryGetValue(id, out var rule)
            ? new RouteEntry(RuleReader.Match(element.Member("match")), rule)
            : throw new JsonException($"\"rule\" names {id}, which is not among \"rules\"");
    }

    public static Cluster Cluster(JsonElement element, Func<JsonElement, TlsCertificate> certificate) => new()
    {
        Name = element.Text("name"),
        Endpoints = element.List("endpoints", Endpoint),
        LoadBalancing = element.Choice<LoadBalancing>("loadBalancing", LoadBalancing.RoundRobin),
        Protocol = element.Choice<UpstreamProtocol>("protocol", UpstreamProtocol.Http1),
        Tls = element.OptionalMember("tls") is { } tls ? TlsReader.Upstream(tls, certificate) : null,
        ProxyProtocol = element.Choice<ProxyProtocolVersion>("proxyProtocol", ProxyProtocolVersion.None),
        ConnectTimeout = element.OptionalTime("connectTimeout") ?? Configuration.Cluster.DefaultConnectTimeout,
    };
}
