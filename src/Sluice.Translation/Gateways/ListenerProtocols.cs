using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Gateways;

/// <summary>What is known of the values of spec.listeners[].protocol: the one table to extend when a protocol gets served.</summary>
internal static class ListenerProtocols
{
    private static readonly RouteGroupKind[] HttpKinds = [new(GatewayApiGroup.Name, "HTTPRoute"), new(GatewayApiGroup.Name, "GRPCRoute")];
    private static readonly RouteGroupKind[] TlsKinds = [new(GatewayApiGroup.Name, "TLSRoute")];
    private static readonly RouteGroupKind[] TcpKinds = [new(GatewayApiGroup.Name, "TCPRoute")];
    private static readonly RouteGroupKind[] UdpKinds = [new(GatewayApiGroup.Name, "UDPRoute")];

    /// <summary>The data plane's protocol, or null when it does not serve it.</summary>
    public static ListenerProtocol? Served(string protocol) => protocol switch
    {
        "HTTP" => ListenerProtocol.Http,
        "HTTPS" => ListenerProtocol.Https,
        "TLS" => ListenerProtocol.Tls,
        "TCP" => ListenerProtocol.Tcp,
        "UDP" => ListenerProtocol.Udp,
        _ => null,
    };

    /// <summary>Route kinds that listeners of a protocol support.</summary>
    public static IReadOnlyList<RouteGroupKind> Kinds(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Http or ListenerProtocol.Https => HttpKinds,
        ListenerProtocol.Tls => TlsKinds,
        ListenerProtocol.Tcp => TcpKinds,
        _ => UdpKinds,
    };

    /// <summary>The kind of a route, as it stands in allowedRoutes.kinds.</summary>
    public static RouteGroupKind KindOf(Route route)
    {
        foreach (var kinds in (ReadOnlySpan<RouteGroupKind[]>)[HttpKinds, TlsKinds, TcpKinds, UdpKinds])
        {
            foreach (var kind in kinds)
            {
                if (kind.Kind == route.Kind)
                    return kind;
            }
        }
        return new RouteGroupKind(GatewayApiGroup.Name, route.Kind);
    }

    /// <summary>
    /// Listeners of different families on one port conflict; within a family the hostname tells them apart, which in TCP and
    /// UDP nothing does (Gateway.spec.listeners).
    /// </summary>
    public static string Family(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Http => "HTTP",
        ListenerProtocol.Https or ListenerProtocol.Tls => "TLS",
        ListenerProtocol.Tcp => "TCP",
        _ => "UDP",
    };
}
