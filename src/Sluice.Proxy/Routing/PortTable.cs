using Sluice.Configuration;
using Sluice.Proxy.Layer4.ProxyProtocol;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Tls;
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

    /// <summary>Connections of everybody else, and those that begin with something else, are let in as they are.</summary>
    public bool TakesPlain { get; } = Listeners.Listeners[0].Source.ProxyProtocol is { AllowWithoutHeader: true };

    /// <summary>Of connections, which are accepted before a listener is known: the settings of the first listener that has any.</summary>
    public RuntimeConnectionSettings? Connection { get; } = First(Listeners.Listeners, listener => listener.Connection);

    /// <summary>Of requests whose listener is not known yet, likewise. Null: no listener of the port has settings.</summary>
    public RuntimeHttpSettings? Http { get; } = First(Listeners.Listeners, listener => listener.Http);

    /// <summary>The settings that a connection's requests are read by: on a connection with TLS those of the listener that was asked for.</summary>
    public RuntimeHttpSettings? HttpFor(TlsSession? tls) => Http is null ? null : tls is null ? Http : tls.ListenerIn(this)?.Http;

    /// <summary>The listener of a port for TCP or UDP, which has no other.</summary>
    public RuntimeListener OnlyListener => Listeners.Listeners[0];

    /// <summary>The clusters' side of a number that a route gave, or null.</summary>
    public RuntimeCluster? Cluster(int id) => id < 0 ? null : Clusters[id];

    private static T? First<T>(ReadOnlySpan<RuntimeListener> listeners, Func<RuntimeListener, T?> settings)
        where T : class
    {
        foreach (var listener in listeners)
        {
            if (settings(listener) is { } found)
                return found;
        }

        return null;
    }

    private static PortProtocol ProtocolOf(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Http => PortProtocol.Http,
        ListenerProtocol.Tcp => PortProtocol.Tcp,
        ListenerProtocol.Udp => PortProtocol.Udp,
        _ => PortProtocol.Tls,
    };
}
