using System.Collections.Immutable;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Foreign;
using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources;

/// <summary>
/// Every object that a source holds, at one moment. Immutable and persistent: a change makes a new snapshot that shares
/// everything else, so that whoever reads it may compare instances to find what changed.
/// </summary>
public sealed record ResourceSnapshot
{
    public static ResourceSnapshot Empty { get; } = new();

    /// <summary>How its dictionaries differ from those that it was built from, where little does. Spares comparing them.</summary>
    public IReadOnlyList<DictionaryChange> Changes { get; init; } = [];

    public ImmutableDictionary<NamespacedName, GatewayClass> GatewayClasses { get; init; } = ImmutableDictionary<NamespacedName, GatewayClass>.Empty;

    public ImmutableDictionary<NamespacedName, Gateway> Gateways { get; init; } = ImmutableDictionary<NamespacedName, Gateway>.Empty;

    public ImmutableDictionary<NamespacedName, ListenerSet> ListenerSets { get; init; } = ImmutableDictionary<NamespacedName, ListenerSet>.Empty;

    public ImmutableDictionary<NamespacedName, HttpRoute> HttpRoutes { get; init; } = ImmutableDictionary<NamespacedName, HttpRoute>.Empty;

    public ImmutableDictionary<NamespacedName, GrpcRoute> GrpcRoutes { get; init; } = ImmutableDictionary<NamespacedName, GrpcRoute>.Empty;

    public ImmutableDictionary<NamespacedName, TlsRoute> TlsRoutes { get; init; } = ImmutableDictionary<NamespacedName, TlsRoute>.Empty;

    public ImmutableDictionary<NamespacedName, TcpRoute> TcpRoutes { get; init; } = ImmutableDictionary<NamespacedName, TcpRoute>.Empty;

    public ImmutableDictionary<NamespacedName, UdpRoute> UdpRoutes { get; init; } = ImmutableDictionary<NamespacedName, UdpRoute>.Empty;

    public ImmutableDictionary<NamespacedName, BackendTlsPolicy> BackendTlsPolicies { get; init; } = ImmutableDictionary<NamespacedName, BackendTlsPolicy>.Empty;

    public ImmutableDictionary<NamespacedName, ReferenceGrant> ReferenceGrants { get; init; } = ImmutableDictionary<NamespacedName, ReferenceGrant>.Empty;

    public ImmutableDictionary<NamespacedName, Namespace> Namespaces { get; init; } = ImmutableDictionary<NamespacedName, Namespace>.Empty;

    public ImmutableDictionary<NamespacedName, Service> Services { get; init; } = ImmutableDictionary<NamespacedName, Service>.Empty;

    public ImmutableDictionary<NamespacedName, EndpointSlice> EndpointSlices { get; init; } = ImmutableDictionary<NamespacedName, EndpointSlice>.Empty;

    public ImmutableDictionary<NamespacedName, Endpoints> Endpoints { get; init; } = ImmutableDictionary<NamespacedName, Endpoints>.Empty;

    public ImmutableDictionary<NamespacedName, Secret> Secrets { get; init; } = ImmutableDictionary<NamespacedName, Secret>.Empty;

    public ImmutableDictionary<NamespacedName, ConfigMap> ConfigMaps { get; init; } = ImmutableDictionary<NamespacedName, ConfigMap>.Empty;

    public ImmutableDictionary<NamespacedName, DirectResponse> DirectResponses { get; init; } = ImmutableDictionary<NamespacedName, DirectResponse>.Empty;

    public ImmutableDictionary<NamespacedName, GatewayParameters> GatewayParameters { get; init; } = ImmutableDictionary<NamespacedName, GatewayParameters>.Empty;

    public ImmutableDictionary<NamespacedName, TrafficPolicy> TrafficPolicies { get; init; } = ImmutableDictionary<NamespacedName, TrafficPolicy>.Empty;

    public ImmutableDictionary<NamespacedName, ListenerPolicy> ListenerPolicies { get; init; } = ImmutableDictionary<NamespacedName, ListenerPolicy>.Empty;

    public ImmutableDictionary<NamespacedName, HttpListenerPolicy> HttpListenerPolicies { get; init; } = ImmutableDictionary<NamespacedName, HttpListenerPolicy>.Empty;

    public ImmutableDictionary<NamespacedName, BackendConfigPolicy> BackendConfigPolicies { get; init; } = ImmutableDictionary<NamespacedName, BackendConfigPolicy>.Empty;

    public ImmutableDictionary<NamespacedName, Backend> Backends { get; init; } = ImmutableDictionary<NamespacedName, Backend>.Empty;

    public ImmutableDictionary<NamespacedName, GatewayExtension> GatewayExtensions { get; init; } = ImmutableDictionary<NamespacedName, GatewayExtension>.Empty;

    public ImmutableDictionary<NamespacedName, RateLimitFilter> RateLimitFilters { get; init; } = ImmutableDictionary<NamespacedName, RateLimitFilter>.Empty;

    public ImmutableDictionary<NamespacedName, AuthConfig> AuthConfigs { get; init; } = ImmutableDictionary<NamespacedName, AuthConfig>.Empty;

    public ImmutableDictionary<NamespacedName, DynamicForwardProxy> DynamicForwardProxies { get; init; } = ImmutableDictionary<NamespacedName, DynamicForwardProxy>.Empty;

    public ImmutableDictionary<NamespacedName, AiGateway> AiGateways { get; init; } = ImmutableDictionary<NamespacedName, AiGateway>.Empty;

    public ImmutableDictionary<NamespacedName, PromptGuard> PromptGuards { get; init; } = ImmutableDictionary<NamespacedName, PromptGuard>.Empty;

    /// <summary>The routes of every kind.</summary>
    public IEnumerable<Route> Routes => Layer7Routes.Concat<Route>(Layer4Routes);

    public IEnumerable<Layer7Route> Layer7Routes => HttpRoutes.Values.Concat<Layer7Route>(GrpcRoutes.Values);

    public IEnumerable<Layer4Route> Layer4Routes => TlsRoutes.Values.Concat<Layer4Route>(TcpRoutes.Values).Concat(UdpRoutes.Values);

    /// <param name="kind">As in manifests: "HTTPRoute".</param>
    /// <param name="key">Of the route.</param>
    public Route? FindRoute(string kind, NamespacedName key) => kind switch
    {
        "HTTPRoute" => HttpRoutes.GetValueOrDefault(key),
        "GRPCRoute" => GrpcRoutes.GetValueOrDefault(key),
        "TLSRoute" => TlsRoutes.GetValueOrDefault(key),
        "TCPRoute" => TcpRoutes.GetValueOrDefault(key),
        "UDPRoute" => UdpRoutes.GetValueOrDefault(key),
        _ => null,
    };
}
