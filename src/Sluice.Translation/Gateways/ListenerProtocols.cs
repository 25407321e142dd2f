using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Gateways;

/// <summary>What is known of the values of spec.listeners[].protocol: the one table to extend when a protocol gets served.</summary>
internal static class ListenerProtocols
{
    public static RouteGroupKind HttpRoute { get; } = new(GatewayApiGroup.Name, "HTTPRoute");

    public static RouteGroupKind GrpcRoute { get; } = new(GatewayApiGroup.Name, "GRPCRoute");

    private static readonly RouteGroupKind[] HttpKinds = [HttpRoute, GrpcRoute];

    /// <summary>The data plane's protocol, or null when it does not serve it.</summary>
    public static ListenerProtocol? Served(string protocol) => protocol == "HTTP" ? ListenerProtocol.Http : null;

    /// <summary>Route kinds that listeners of a served protocol support.</summary>
    public static IReadOnlyList<RouteGroupKind> Kinds(string protocol) => protocol == "HTTP" ? HttpKinds : [];

    /// <summary>Protocols of the API that a later version may serve.</summary>
    public static bool IsStandard(string protocol) => protocol is "HTTP" or "HTTPS" or "TLS" or "TCP" or "UDP";

    /// <summary>
    /// Listeners of different families on one port conflict; within a family the hostname tells them apart. Null: takes no
    /// part, because TCP and UDP listeners conflict only where they are supported (Gateway.spec.listeners).
    /// </summary>
    public static string? Family(string protocol) => protocol switch
    {
        "HTTP" => "HTTP",
        "HTTPS" or "TLS" => "TLS",
        _ => null,
    };
}
