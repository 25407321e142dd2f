namespace Sluice.Translation.Support;

/// <summary>
/// What this version supports of the Gateway API: the one place that says so. docs/reference/gateway-api-fields.md is generated from
/// it, and GatewayClass status.supportedFeatures holds the features that are supported here.
/// </summary>
public static class SupportTable
{
    /// <summary>The version in which everything that is supported so far came.</summary>
    internal const string FirstVersion = "0.1";

    public static IReadOnlyList<KindSupport> Kinds { get; } =
    [
        new("GatewayClass", "gatewayclasses", GatewayClassFields.All),
        new("Gateway", "gateways", GatewayFields.All),
        new("ListenerSet", "listenersets", ListenerSetFields.All),
        new("HTTPRoute", "httproutes", HttpRouteFields.All),
        new("GRPCRoute", "grpcroutes", GrpcRouteFields.All),
        new("TLSRoute", "tlsroutes", Layer4RouteFields.Tls),
        new("TCPRoute", "tcproutes", Layer4RouteFields.Tcp),
        new("UDPRoute", "udproutes", Layer4RouteFields.Udp),
        new("BackendTLSPolicy", "backendtlspolicies", BackendTlsPolicyFields.All),
        new("ReferenceGrant", "referencegrants", ReferenceGrantFields.All),
    ];

    /// <summary>Every feature name of Gateway API v1.6, by kind. A feature is claimed in the change that makes it work.</summary>
    public static IReadOnlyList<FeatureSupport> Features { get; } =
    [
        new("Gateway", true),
        new("GatewayAddressEmpty", true),
        new("GatewayBackendClientCertificate", true),
        new("GatewayFrontendClientCertificateValidation", true),
        new("GatewayFrontendClientCertificateValidationInsecureFallback", true),
        new("GatewayHTTPListenerIsolation", true),
        new("GatewayHTTPSListenerDetectMisdirectedRequests", true),
        new("GatewayInfrastructurePropagation", true, "On a Service per Gateway; without a cluster `/status` tells what it would be."),
        new("GatewayPort8080", true),
        new("GatewayStaticAddresses", true),
        new("ListenerSet", true),
        new("ReferenceGrant", true),
        new("HTTPRoute", true),
        new("HTTPRoute303RedirectStatusCode", true),
        new("HTTPRoute307RedirectStatusCode", true),
        new("HTTPRoute308RedirectStatusCode", true),
        new("HTTPRouteBackendProtocolH2C", true, "Service port with appProtocol `kubernetes.io/h2c`."),
        new("HTTPRouteBackendProtocolWebSocket", true, "With and without appProtocol `kubernetes.io/ws`."),
        new("HTTPRouteBackendRequestHeaderModification", true),
        new("HTTPRouteBackendTimeout", true),
        new("HTTPRouteCORS", true),
        new("HTTPRouteDestinationPortMatching", true),
        new("HTTPRouteHostRewrite", true),
        new("HTTPRouteMethodMatching", true),
        new("HTTPRouteNamedRouteRule", true),
        new("HTTPRouteParentRefPort", true),
        new("HTTPRoutePathRedirect", true),
        new("HTTPRoutePathRewrite", true),
        new("HTTPRoutePortRedirect", true),
        new("HTTPRouteQueryParamMatching", true),
        new("HTTPRouteRequestMirror", true),
        new("HTTPRouteRequestMultipleMirrors", true),
        new("HTTPRouteRequestPercentageMirror", true),
        new("HTTPRouteRequestTimeout", true),
        new("HTTPRouteResponseHeaderModification", true),
        new("HTTPRouteRetry", true),
        new("HTTPRouteRetryBackendTimeout", true),
        new("HTTPRouteRetryConnectionError", true),
        new("HTTPRouteSchemeRedirect", true),
        new("GRPCRoute", true),
        new("GRPCRouteNamedRouteRule", true),
        new("TLSRoute", true),
        new("TLSRouteModeMixed", true),
        new("TLSRouteModeTerminate", true),
        new("TCPRoute", true),
        new("UDPRoute", true),
        new("BackendTLSPolicy", true),
        new("BackendTLSPolicySANValidation", true),
        new("Mesh", false),
        new("MeshClusterIPMatching", false),
        new("MeshConsumerRoute", false),
        new("MeshHTTPRouteBackendRequestHeaderModification", false),
        new("MeshHTTPRouteNamedRouteRule", false),
        new("MeshHTTPRouteQueryParamMatching", false),
        new("MeshHTTPRouteRedirectPath", false),
        new("MeshHTTPRouteRedirectPort", false),
        new("MeshHTTPRouteRewritePath", false),
        new("MeshHTTPRouteSchemeRedirect", false),
    ];

    /// <summary>Names of the supported features, in ascending order as the API asks.</summary>
    public static IReadOnlyList<string> SupportedFeatures { get; } =
        [.. Features.Where(feature => feature.IsSupported).Select(feature => feature.Name).Order(StringComparer.Ordinal)];
}
