namespace Sluice.Kubernetes.Installing;

/// <summary>
/// Everything that the controller may do: what it reads, the statuses it writes, and what it keeps per Gateway. Nothing else, and
/// nothing of it is a wildcard.
/// </summary>
public static class AccessRules
{
    private const string GatewayApi = "gateway.networking.k8s.io";

    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Keep = ["get", "list", "watch", "create", "patch", "delete"];

    private static readonly AccessRule[] Always =
    [
        new([GatewayApi], ["gatewayclasses", "gateways", "listenersets", "httproutes", "grpcroutes", "tlsroutes", "tcproutes", "udproutes", "backendtlspolicies", "referencegrants"], Read, "What is served."),
        new([GatewayApi], ["gatewayclasses/status", "gateways/status", "listenersets/status", "httproutes/status", "grpcroutes/status", "tlsroutes/status", "tcproutes/status", "udproutes/status", "backendtlspolicies/status"], ["patch"], "Conditions, addresses and attached routes are written; of the objects themselves nothing is."),
        new(["gateway.kgateway.dev"], ["directresponses", "gatewayparameters"], Read, "Answers of the proxy itself, and how the Pods of a Gateway look."),
        new(["gateway.kgateway.dev"], ["trafficpolicies", "listenerpolicies", "httplistenerpolicies", "backendconfigpolicies", "backends", "gatewayextensions"], Read, "How requests, listeners and backends are treated."),
        new(["gateway.kgateway.dev"], ["trafficpolicies/status", "listenerpolicies/status", "httplistenerpolicies/status", "backendconfigpolicies/status", "backends/status", "gatewayextensions/status"], ["patch"], "Conditions are written; of the objects themselves nothing is."),
        new(["gateway.envoyproxy.io"], ["ratelimitfilters"], Read, "Limits that routes name."),
        new(["gateway.envoyproxy.io"], ["ratelimitfilters/status"], ["patch"], "Conditions are written."),
        new(["gateway.solo.io"], ["authconfigs", "dynamicforwardproxies", "aigateways", "promptguards"], Read, "What routes of other gateways name."),
        new(["gateway.solo.io"], ["authconfigs/status", "dynamicforwardproxies/status", "aigateways/status", "promptguards/status"], ["patch"], "Conditions are written."),
        new([""], ["namespaces"], Read, "Listeners choose the namespaces of their routes by label."),
        new([""], ["services"], Read, "What routes lead to."),
        new(["discovery.k8s.io"], ["endpointslices"], Read, "The addresses that are dialled; never a cluster IP."),
        new([""], ["configmaps"], Read, "CA certificates for backends and for the certificates of clients."),
        new([""], ["secrets"], Read, "Certificates of listeners and for backends. A Gateway may name a Secret of any namespace (with a ReferenceGrant), so no namespace can be left out."),
        new(["apiextensions.k8s.io"], ["customresourcedefinitions"], ["get"], "Which version of the Gateway API is installed (condition SupportedVersion).") { Names = ["gatewayclasses.gateway.networking.k8s.io"] },
        new(["events.k8s.io"], ["events"], ["create", "patch"], "Events tell people what was refused, and why."),
    ];

    /// <summary>Only with infrastructure kubernetes.</summary>
    private static readonly AccessRule[] ForProxies =
    [
        new(["apps"], ["deployments", "daemonsets"], Keep, "The proxies of a Gateway, in its namespace."),
        new([""], ["services", "serviceaccounts", "configmaps"], Keep, "The address of a Gateway, who its proxies are when they ask for their configuration, and whom they trust to give it."),
        new([""], ["secrets"], ["create", "patch", "delete"], "The key of session tokens that all proxies of a Gateway share; in the controller's own namespace, the authority of the config stream."),
        new(["autoscaling"], ["horizontalpodautoscalers"], Keep, "When GatewayParameters ask for one."),
        new(["autoscaling.k8s.io"], ["verticalpodautoscalers"], Keep, "When GatewayParameters ask for one, in clusters that have the kind."),
        new(["policy"], ["poddisruptionbudgets"], Keep, "When GatewayParameters ask for one."),
        new([GatewayApi], ["gateways/finalizers"], ["update"], "What is made for a Gateway names it as its owner; clusters that check owner references want this for it. No finalizer is set."),
        new([""], ["nodes"], Read, "The addresses of a Gateway whose Service is of type NodePort."),
        new(["authentication.k8s.io"], ["tokenreviews"], ["create"], "A proxy proves with its token which Gateway it belongs to."),
    ];

    /// <summary>Only with infrastructure host.</summary>
    private static readonly AccessRule[] ForHost =
    [
        new([""], ["services"], Keep, "A Service without a selector per Gateway, with the Gateway's labels and annotations."),
    ];

    /// <summary>Only with infrastructure kubernetes. RBAC cannot restrict create to a name: an object that is created has none yet.</summary>
    private static readonly AccessRule[] ForControllers =
    [
        new(["coordination.k8s.io"], ["leases"], ["create"], "Controllers agree on who writes."),
        new(["coordination.k8s.io"], ["leases"], ["get", "patch"], "The Lease is held and given back.") { Names = [InstallationNames.Controller] },
    ];

    private static readonly string[] Follow = ["list", "watch"];

    /// <summary>What the exporter may do, in every namespace.</summary>
    public static IReadOnlyList<AccessRule> Exporter { get; } =
    [
        new([GatewayApi], ["gatewayclasses", "gateways", "listenersets", "httproutes", "grpcroutes", "tlsroutes", "tcproutes", "udproutes", "backendtlspolicies"], Follow, "What is shown."),
    ];

    /// <summary>What the exporter may do besides, when it shows the kinds of Kuadrant.</summary>
    public static IReadOnlyList<AccessRule> ExporterOfKuadrant { get; } =
    [
        new(["kuadrant.io"], ["tlspolicies", "dnspolicies", "ratelimitpolicies", "authpolicies", "dnsrecords", "dnshealthcheckprobes"], Follow, "What is shown with `--kuadrant`."),
    ];

    /// <summary>In every namespace.</summary>
    public static IReadOnlyList<AccessRule> Cluster(InfrastructureKind infrastructure) =>
        [.. Always, .. infrastructure == InfrastructureKind.Kubernetes ? ForProxies : ForHost];

    /// <summary>In the controller's own namespace.</summary>
    public static IReadOnlyList<AccessRule> Own(InfrastructureKind infrastructure) =>
        infrastructure == InfrastructureKind.Kubernetes ? ForControllers : [];
}
