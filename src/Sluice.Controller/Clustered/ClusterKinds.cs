using Sluice.Kubernetes.Client;

namespace Sluice.Controller.Clustered;

/// <summary>The kinds that are followed in a cluster: those of files, without Endpoints, which EndpointSlices have taken the place of.</summary>
internal static class ClusterKinds
{
    public static IReadOnlyList<ClusterKind> All { get; } =
    [
        new(ApiResources.GatewayClasses, ["v1beta1"], true),
        new(ApiResources.Gateways, ["v1beta1"], true),
        new(ApiResources.ListenerSets, [], true),
        new(ApiResources.HttpRoutes, ["v1beta1"], true),
        new(ApiResources.GrpcRoutes, [], true),
        new(ApiResources.TlsRoutes, ["v1alpha3", "v1alpha2"], true),
        new(ApiResources.TcpRoutes, ["v1alpha2"], true),
        new(ApiResources.UdpRoutes, ["v1alpha2"], true),
        new(ApiResources.BackendTlsPolicies, ["v1alpha3"], true),
        new(ApiResources.ReferenceGrants, ["v1beta1"], false),
        new(ApiResources.Namespaces, [], false),
        new(ApiResources.Services, [], false),
        new(ApiResources.EndpointSlices, [], false),
        new(ApiResources.DirectResponses, [], false),
        new(ApiResources.GatewayParameters, [], false),
        new(ApiResources.TrafficPolicies, [], true),
        new(ApiResources.ListenerPolicies, [], true),
        new(ApiResources.HttpListenerPolicies, [], true),
        new(ApiResources.BackendConfigPolicies, [], true),
        new(ApiResources.Backends, [], true),
        new(ApiResources.GatewayExtensions, [], true),
        new(ApiResources.RateLimitFilters, [], true),
        new(ApiResources.AuthConfigs, [], true),
        new(ApiResources.DynamicForwardProxies, [], true),
        new(ApiResources.AiGateways, [], true),
        new(ApiResources.PromptGuards, [], true),
        new(ApiResources.Secrets, [], false),
        new(ApiResources.ConfigMaps, [], false),
    ];
}
