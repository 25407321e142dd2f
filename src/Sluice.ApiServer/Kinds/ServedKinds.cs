namespace Sluice.ApiServer.Kinds;

/// <summary>The table behind <see cref="KindCatalog"/>.</summary>
internal static class ServedKinds
{
    private const string Gateway = "gateway.networking.k8s.io";
    private const string Kgateway = "gateway.kgateway.dev";
    private static readonly string[] V1 = ["v1"];
    private static readonly string[] GatewayCategory = ["gateway-api"];

    public static IReadOnlyList<ResourceKind> Create()
    {
        var events = new ResourceKind("", V1, "Event", "events") { ShortNames = ["ev"] };
        return
        [
            new("", V1, "ConfigMap", "configmaps") { ShortNames = ["cm"] },
            new("", V1, "Endpoints", "endpoints") { Singular = "endpoints", ShortNames = ["ep"] },
            events,
            new("", V1, "Namespace", "namespaces") { ShortNames = ["ns"], IsNamespaced = false, HasStatus = true },
            new("", V1, "Pod", "pods") { ShortNames = ["po"], Categories = ["all"], HasStatus = true },
            new("", V1, "Secret", "secrets"),
            new("", V1, "Service", "services") { ShortNames = ["svc"], Categories = ["all"], HasStatus = true },
            new("", V1, "ServiceAccount", "serviceaccounts") { ShortNames = ["sa"] },
            new("apps", V1, "DaemonSet", "daemonsets") { ShortNames = ["ds"], Categories = ["all"], HasStatus = true },
            new("apps", V1, "Deployment", "deployments") { ShortNames = ["deploy"], Categories = ["all"], HasStatus = true },
            new("apiextensions.k8s.io", V1, "CustomResourceDefinition", "customresourcedefinitions") { ShortNames = ["crd", "crds"], Categories = ["api-extensions"], IsNamespaced = false, HasStatus = true },
            new("authentication.k8s.io", V1, "TokenReview", "tokenreviews") { IsNamespaced = false, IsReviewOnly = true },
            new("autoscaling", ["v2"], "HorizontalPodAutoscaler", "horizontalpodautoscalers") { ShortNames = ["hpa"], Categories = ["all"], HasStatus = true },
            new("coordination.k8s.io", V1, "Lease", "leases"),
            new("discovery.k8s.io", V1, "EndpointSlice", "endpointslices"),
            new("events.k8s.io", V1, "Event", "events") { ShortNames = ["ev"], Storage = events },
            new("policy", V1, "PodDisruptionBudget", "poddisruptionbudgets") { ShortNames = ["pdb"], HasStatus = true },
            Custom(["v1", "v1alpha3"], "BackendTLSPolicy", "backendtlspolicies", ["btlspolicy"]),
            Custom(["v1", "v1beta1"], "GatewayClass", "gatewayclasses", ["gc"], isNamespaced: false),
            Custom(["v1", "v1beta1"], "Gateway", "gateways", ["gtw"]),
            Custom(V1, "GRPCRoute", "grpcroutes", []),
            Custom(["v1", "v1beta1"], "HTTPRoute", "httproutes", []),
            Custom(V1, "ListenerSet", "listenersets", ["lset"]),
            Custom(["v1", "v1beta1"], "ReferenceGrant", "referencegrants", ["refgrant"], hasStatus: false),
            Custom(["v1", "v1alpha2"], "TCPRoute", "tcproutes", []),
            Custom(["v1", "v1alpha3", "v1alpha2"], "TLSRoute", "tlsroutes", []),
            Custom(["v1", "v1alpha2"], "UDPRoute", "udproutes", []),
            new(Kgateway, ["v1alpha1"], "DirectResponse", "directresponses") { ShortNames = ["dr"], HasStatus = true, IsCustom = true },
            new(Kgateway, ["v1alpha1"], "GatewayParameters", "gatewayparameters") { Singular = "gatewayparameters", ShortNames = ["gwp"], HasStatus = true, IsCustom = true },
        ];
    }

    private static ResourceKind Custom(string[] versions, string kind, string plural, string[] shortNames, bool isNamespaced = true, bool hasStatus = true) =>
        new(Gateway, versions, kind, plural) { ShortNames = shortNames, Categories = GatewayCategory, IsNamespaced = isNamespaced, HasStatus = hasStatus, IsCustom = true };
}
