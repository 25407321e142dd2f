using Sluice.Configuration;
using Sluice.Proxy.Layer4.ProxyProtocol;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Routing;

/// <summary>What is served on one address and port: its listeners, and the clusters that their backends are numbered by.</summary>
internal sealed record PortTable(ListenerTable Listeners, RuntimeCluster?[] Clusters)
{
    public PortProtocol Protocol { get; } = ProtocolOf(Listeners.Listeners[0].Source.Protocol);

    /// <summary>Access logs and traces of its Gateway; null for handlers inside the process.</summary>
    public GatewayTelemetry? Telemetry { get; } = Listeners.Listeners[0].Telemetry;

    /// <summary>Whose connections begin with a PROXY protocol header; null: nobody's do.</summary>
    public TrustedSources? ProxyProtocol { get; } =
        Listeners.Listeners[0].Source.ProxyProtocol is { } acceptance ? new TrustedSources(acceptance.TrustedSources) : null;

    /// <summary>The listener of a port for TCP or UDP, which has no other.</summary>
    public RuntimeListener OnlyListener => Listeners.Listeners[0];

    /// <summary>The clusters' side of a number that a route gave, or null.</summary>
    public RuntimeCluster? Cluster(int id) => id < 0 ? null : Clusters[id];

    private static PortProtocol ProtocolOf(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Http => PortProtocol.Http,
        ListenerProtocol.Tcp => PortProtocol.Tcp,
        ListenerProtocol.Udp => PortProtocol.Udp,
        _ => PortProtocol.Tls,
    };
}
