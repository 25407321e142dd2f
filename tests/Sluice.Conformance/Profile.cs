using Sluice.Conformance.Data;

namespace Sluice.Conformance;

/// <summary>A profile of the suite. A test counts in it when all its features are the profile's, as core when all are core.</summary>
internal sealed record Profile(string Name, IReadOnlyList<string> Core, IReadOnlyList<string> Extended)
{
    private static readonly string[] GatewayFeatures =
    [
        "GatewayAddressEmpty", "GatewayBackendClientCertificate", "GatewayFrontendClientCertificateValidation",
        "GatewayFrontendClientCertificateValidationInsecureFallback", "GatewayHTTPListenerIsolation",
        "GatewayHTTPSListenerDetectMisdirectedRequests", "GatewayInfrastructurePropagation", "GatewayPort8080",
        "GatewayStaticAddresses", "ListenerSet",
    ];

    private static readonly string[] HttpRouteFeatures =
    [
        "HTTPRoute303RedirectStatusCode", "HTTPRoute307RedirectStatusCode", "HTTPRoute308RedirectStatusCode",
        "HTTPRouteBackendProtocolH2C", "HTTPRouteBackendProtocolWebSocket", "HTTPRouteBackendRequestHeaderModification",
        "HTTPRouteBackendTimeout", "HTTPRouteCORS", "HTTPRouteDestinationPortMatching", "HTTPRouteHostRewrite",
        "HTTPRouteMethodMatching", "HTTPRouteNamedRouteRule", "HTTPRouteParentRefPort", "HTTPRoutePathRedirect",
        "HTTPRoutePathRewrite", "HTTPRoutePortRedirect", "HTTPRouteQueryParamMatching", "HTTPRouteRequestMirror",
        "HTTPRouteRequestMultipleMirrors", "HTTPRouteRequestPercentageMirror", "HTTPRouteRequestTimeout",
        "HTTPRouteResponseHeaderModification", "HTTPRouteRetry", "HTTPRouteRetryBackendTimeout", "HTTPRouteRetryConnectionError",
        "HTTPRouteSchemeRedirect", "BackendTLSPolicy", "BackendTLSPolicySANValidation",
    ];

    private static readonly string[] MeshFeatures =
    [
        "MeshClusterIPMatching", "MeshConsumerRoute", "MeshHTTPRouteBackendRequestHeaderModification", "MeshHTTPRouteNamedRouteRule",
        "MeshHTTPRouteQueryParamMatching", "MeshHTTPRouteRedirectPath", "MeshHTTPRouteRedirectPort", "MeshHTTPRouteRewritePath",
        "MeshHTTPRouteSchemeRedirect",
    ];

    /// <summary>The profiles of v1.6.1.</summary>
    public static IReadOnlyList<Profile> All { get; } =
    [
        new("GATEWAY-HTTP", ["Gateway", "ReferenceGrant", "HTTPRoute"], [.. GatewayFeatures, .. HttpRouteFeatures]),
        new("GATEWAY-GRPC", ["Gateway", "ReferenceGrant", "GRPCRoute"], GatewayFeatures),
        new("GATEWAY-TLS", ["Gateway", "ReferenceGrant", "TLSRoute"], [.. GatewayFeatures, "TLSRouteModeMixed", "TLSRouteModeTerminate"]),
        new("GATEWAY-TCP", ["Gateway", "ReferenceGrant", "TCPRoute"], GatewayFeatures),
        new("GATEWAY-UDP", ["Gateway", "ReferenceGrant", "UDPRoute"], GatewayFeatures),
        new("MESH-HTTP", ["Mesh", "HTTPRoute"], MeshFeatures),
        new("MESH-GRPC", ["Mesh", "GRPCRoute"], []),
    ];

    /// <summary>Every feature that tests may need.</summary>
    public static IReadOnlyCollection<string> AllFeatures { get; } = [.. All.SelectMany(profile => profile.Core.Concat(profile.Extended)).Append("GRPCRouteNamedRouteRule").Distinct()];

    /// <summary>The feature without which the profile is not claimed.</summary>
    public bool IsClaimed(IReadOnlyCollection<string> features) => Core.All(features.Contains);

    /// <summary>True for core, false for extended, null when the test does not count here.</summary>
    public bool? IsCore(TestData test)
    {
        if (test.Features.All(Core.Contains))
            return true;
        return test.Features.All(feature => Core.Contains(feature) || Extended.Contains(feature)) ? false : null;
    }
}
