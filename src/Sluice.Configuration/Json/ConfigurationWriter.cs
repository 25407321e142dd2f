using System.Globalization;
using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Writes listeners, virtual hosts and clusters.</summary>
internal static class ConfigurationWriter
{
    public static void Write(Utf8JsonWriter writer, ProxyConfiguration configuration, Secrets secrets)
    {
        writer.WriteStartObject();
        writer.WriteString("gateway", configuration.Gateway);
        writer.WriteStartArray("addresses");
        foreach (var address in configuration.Addresses)
            writer.WriteStringValue(address);
        writer.WriteEndArray();
        TelemetryWriter.Write(writer, configuration.Telemetry, secrets);

        var rules = new List<RouteRule>();
        var seen = new HashSet<RouteRule>(ReferenceEqualityComparer.Instance);
        writer.WriteStartArray("listeners");
        foreach (var listener in configuration.Listeners)
            Write(writer, listener, rules, seen, secrets);
        writer.WriteEndArray();
        writer.WriteStartArray("rules");
        foreach (var rule in rules)
            RuleWriter.Write(writer, rule, secrets);
        writer.WriteEndArray();
        writer.WriteStartArray("clusters");
        foreach (var cluster in configuration.Clusters)
            Write(writer, cluster, certificate => TlsWriter.Write(writer, certificate, secrets));
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The name under which entries refer to a rule.</summary>
    public static string RuleId(RouteRule rule) => string.Create(CultureInfo.InvariantCulture, $"{rule.Route}#{rule.Index}");

    private static void Write(Utf8JsonWriter writer, Listener listener, List<RouteRule> rules, HashSet<RouteRule> seen, Secrets secrets)
    {
        writer.WriteStartObject();
        writer.WriteString("name", listener.Name);
        writer.WriteNumber("port", listener.Port);
        writer.WriteNumber("bindPort", listener.BindPort);
        writer.WriteString("protocol", listener.Protocol.ToString());
        writer.WriteString("hostname", listener.Hostname);
        if (listener.TrustedHops != 0)
            writer.WriteNumber("trustedHops", listener.TrustedHops);
        TlsWriter.Write(writer, listener.Tls, certificate => TlsWriter.Write(writer, certificate, secrets));
        TlsWriter.Write(writer, listener.TlsHosts);
        if (listener.Stream is { } stream)
            TlsWriter.Write(writer, "stream", stream);
        TlsWriter.Write(writer, listener.ProxyProtocol);
        ListenerSettingsWriter.Write(writer, listener.Connection);
        ListenerSettingsWriter.Write(writer, listener.Http);
        if (listener.Protocol is ListenerProtocol.Http or ListenerProtocol.Https)
            WriteHosts(writer, listener, rules, seen);
        writer.WriteEndObject();
    }

    private static void WriteHosts(Utf8JsonWriter writer, Listener listener, List<RouteRule> rules, HashSet<RouteRule> seen)
    {
        writer.WriteStartArray("virtualHosts");
        foreach (var host in listener.VirtualHosts)
        {
            writer.WriteStartObject();
            writer.WriteString("hostname", host.Hostname);
            writer.WriteStartArray("routes");
            foreach (var entry in host.Routes)
            {
                writer.WriteStartObject();
                RuleWriter.Write(writer, entry.Match);
                writer.WriteString("rule", RuleId(entry.Rule));
                writer.WriteEndObject();
                if (seen.Add(entry.Rule))
                    rules.Add(entry.Rule);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, Cluster cluster, Action<TlsCertificate> writeCertificate)
    {
        writer.WriteStartObject();
        writer.WriteString("name", cluster.Name);
        writer.WriteStartArray("endpoints");
        foreach (var endpoint in cluster.Endpoints)
            Write(writer, endpoint);
        writer.WriteEndArray();
        if (cluster.LoadBalancing != LoadBalancing.RoundRobin)
            writer.WriteString("loadBalancing", cluster.LoadBalancing.ToString());
        if (cluster.Protocol != UpstreamProtocol.Http1)
            writer.WriteString("protocol", cluster.Protocol.ToString());
        TlsWriter.Write(writer, cluster.Tls, writeCertificate);
        if (cluster.ProxyProtocol != ProxyProtocolVersion.None)
            writer.WriteString("proxyProtocol", cluster.ProxyProtocol.ToString());
        if (cluster.ConnectTimeout != Cluster.DefaultConnectTimeout)
            PolicyWriter.Write(writer, "connectTimeout", cluster.ConnectTimeout);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, Endpoint endpoint)
    {
        writer.WriteStartObject();
        writer.WriteString("address", endpoint.Address);
        writer.WriteNumber("port", endpoint.Port);
        writer.WriteEndObject();
    }
}
