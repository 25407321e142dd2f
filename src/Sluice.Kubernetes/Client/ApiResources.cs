namespace Sluice.Kubernetes.Client;

/// <summary>The kinds that Sluice reads or writes.</summary>
public static class ApiResources
{
    private const string GatewayGroup = "gateway.networking.k8s.io";
    private const string KgatewayGroup = "gateway.kgateway.dev";
    private const string EnvoyGatewayGroup = "gateway.envoyproxy.io";
    private const string SoloGroup = "gateway.solo.io";

    public static ApiResource GatewayClasses { get; } = new(GatewayGroup, "v1", "gatewayclasses", "GatewayClass", false);

    public static ApiResource Gateways { get; } = new(GatewayGroup, "v1", "gateways", "Gateway", true);

    public static ApiResource ListenerSets { get; } = new(GatewayGroup, "v1", "listenersets", "ListenerSet", true);

    public static ApiResource HttpRoutes { get; } = new(GatewayGroup, "v1", "httproutes", "HTTPRoute", true);

    public static ApiResource GrpcRoutes { get; } = new(GatewayGroup, "v1", "grpcroutes", "GRPCRoute", true);

    public static ApiResource TlsRoutes { get; } = new(GatewayGroup, "v1", "tlsroutes", "TLSRoute", true);

    public static ApiResource TcpRoutes { get; } = new(GatewayGroup, "v1", "tcproutes", "TCPRoute", true);

    public static ApiResource UdpRoutes { get; } = new(GatewayGroup, "v1", "udproutes", "UDPRoute", true);

    public static ApiResource BackendTlsPolicies { get; } = new(GatewayGroup, "v1", "backendtlspolicies", "BackendTLSPolicy", true);

    public static ApiResource ReferenceGrants { get; } = new(GatewayGroup, "v1", "referencegrants", "ReferenceGrant", true);

    public static ApiResource Namespaces { get; } = new("", "v1", "namespaces", "Namespace", false);

    public static ApiResource Services { get; } = new("", "v1", "services", "Service", true);

    public static ApiResource EndpointSlices { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true);

    public static ApiResource Endpoints { get; } = new("", "v1", "endpoints", "Endpoints", true);

    public static ApiResource Secrets { get; } = new("", "v1", "secrets", "Secret", true);

    public static ApiResource ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap", true);

    public static ApiResource DirectResponses { get; } = new(KgatewayGroup, "v1alpha1", "directresponses", "DirectResponse", true);

    public static ApiResource GatewayParameters { get; } = new(KgatewayGroup, "v1alpha1", "gatewayparameters", "GatewayParameters", true);

    public static ApiResource TrafficPolicies { get; } = new(KgatewayGroup, "v1alpha1", "trafficpolicies", "TrafficPolicy", true);

    public static ApiResource ListenerPolicies { get; } = new(KgatewayGroup, "v1alpha1", "listenerpolicies", "ListenerPolicy", true);

    public static ApiResource HttpListenerPolicies { get; } = new(KgatewayGroup, "v1alpha1", "httplistenerpolicies", "HTTPListenerPolicy", true);

    public static ApiResource BackendConfigPolicies { get; } = new(KgatewayGroup, "v1alpha1", "backendconfigpolicies", "BackendConfigPolicy", true);

    public static ApiResource Backends { get; } = new(KgatewayGroup, "v1alpha1", "backends", "Backend", true);

    public static ApiResource GatewayExtensions { get; } = new(KgatewayGroup, "v1alpha1", "gatewayextensions", "GatewayExtension", true);

    public static ApiResource RateLimitFilters { get; } = new(EnvoyGatewayGroup, "v1alpha1", "ratelimitfilters", "RateLimitFilter", true);

    public static ApiResource AuthConfigs { get; } = new(SoloGroup, "v1", "authconfigs", "AuthConfig", true);

    public static ApiResource DynamicForwardProxies { get; } = new(SoloGroup, "v1", "dynamicforwardproxies", "DynamicForwardProxy", true);

    public static ApiResource AiGateways { get; } = new(SoloGroup, "v1", "aigateways", "AIGateway", true);

    public static ApiResource PromptGuards { get; } = new(SoloGroup, "v1", "promptguards", "PromptGuard", true);

    public static ApiResource Deployments { get; } = new("apps", "v1", "deployments", "Deployment", true);

    public static ApiResource DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet", true);

    public static ApiResource ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount", true);

    public static ApiResource HorizontalPodAutoscalers { get; } = new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true);

    public static ApiResource VerticalPodAutoscalers { get; } = new("autoscaling.k8s.io", "v1", "verticalpodautoscalers", "VerticalPodAutoscaler", true);

    public static ApiResource PodDisruptionBudgets { get; } = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true);

    public static ApiResource Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease", true);

    public static ApiResource Events { get; } = new("events.k8s.io", "v1", "events", "Event", true);

    public static ApiResource TokenReviews { get; } = new("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", false);

    public static ApiResource Nodes { get; } = new("", "v1", "nodes", "Node", false);

    public static ApiResource Pods { get; } = new("", "v1", "pods", "Pod", true);

    public static ApiResource CustomResourceDefinitions { get; } = new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);

    /// <summary>All of them, those of a <see cref="Resources.ResourceSnapshot"/> first.</summary>
    public static IReadOnlyList<ApiResource> All { get; } =
    [
        GatewayClasses, Gateways, ListenerSets, HttpRoutes, GrpcRoutes, TlsRoutes, TcpRoutes, UdpRoutes, BackendTlsPolicies, ReferenceGrants,
        Namespaces, Services, EndpointSlices, Endpoints, Secrets, ConfigMaps, DirectResponses, GatewayParameters,
        TrafficPolicies, ListenerPolicies, HttpListenerPolicies, BackendConfigPolicies, Backends, GatewayExtensions,
        RateLimitFilters, AuthConfigs, DynamicForwardProxies, AiGateways, PromptGuards,
        Deployments, DaemonSets, ServiceAccounts, HorizontalPodAutoscalers, VerticalPodAutoscalers, PodDisruptionBudgets, Leases, Events, TokenReviews, Nodes, Pods,
        CustomResourceDefinitions,
    ];

    /// <summary>The kind as manifests name it; null when Sluice does not use it.</summary>
    public static ApiResource? Find(string group, string kind) => All.FirstOrDefault(resource => resource.Group == group && resource.Kind == kind);
}
