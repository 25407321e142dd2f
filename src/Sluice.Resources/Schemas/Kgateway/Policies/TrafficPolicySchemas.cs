using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class TrafficPolicySchemas
{
    private const string TargetKinds = "gateway.networking.k8s.io/Gateway gateway.networking.k8s.io/ListenerSet gateway.networking.x-k8s.io/XListenerSet gateway.networking.k8s.io/HTTPRoute gateway.networking.k8s.io/GRPCRoute";

    /// <summary>spec of a TrafficPolicy.</summary>
    public static SchemaNode Spec { get; } = Object(
        PolicyShapes.TargetRefs(TargetKinds),
        PolicyShapes.TargetSelectors(TargetKinds),
        Optional("transformation", TransformationSchemas.TransformationPolicy, "Changes of messages by templates."),
        Optional("extProc", ExternalSchemas.ExtProcPolicy, "A service that changes exchanges."),
        Optional("extAuth", ExternalSchemas.ExtAuthPolicy, "A service that decides whether requests pass."),
        Optional("rateLimit", RateLimitSchemas.RateLimitPolicy, "Limits of the number of requests."),
        Optional("cors", OriginSchemas.CorsPolicySettings, "Who may read answers in a browser."),
        Optional("csrf", OriginSchemas.CsrfPolicy, "Changing requests from other sites are refused."),
        Optional("headerModifiers", HeaderSchemas.HeaderModifiersPolicy, "Changes of header fields."),
        Optional("autoHostRewrite", Flag, "Whether backends get their own name as Host."),
        Optional("buffer", DeliverySchemas.BufferPolicy, "The whole request is read before it goes on."),
        Optional("timeouts", DeliverySchemas.TimeoutPolicy, "Limits of time."),
        Optional("retry", DeliverySchemas.RetryPolicySettings, "When a request is sent again."),
        Optional("internalRedirect", DeliverySchemas.InternalRedirectPolicy, "Redirects of backends that are followed."),
        Optional("rbac", OriginSchemas.RbacPolicy, "Requests are let in by expressions."),
        Optional("jwtAuth", ExternalSchemas.JwtAuthPolicy, "A JSON Web Token is asked for."),
        Optional("urlRewrite", DeliverySchemas.UrlRewritePolicy, "Another path for the backend."),
        Optional("compression", DeliverySchemas.CompressionPolicy, "Compression of bodies."),
        Optional("basicAuth", CredentialSchemas.BasicAuthPolicy, "A user and password are asked for."),
        Optional("apiKeyAuth", CredentialSchemas.ApiKeyAuthPolicy, "A key is asked for."),
        Optional("oauth2", ExternalSchemas.OAuth2Policy, "Users are logged in."),
        Optional("tracing", RouteTracingSchemas.RouteTracing, "What is different about traces."),
        Optional("faultInjection", DeliverySchemas.FaultInjectionPolicy, "Faults, for tests."),
        Optional("acl", OriginSchemas.AclPolicy, "Clients are let in by their addresses."),
        Optional("statPrefix", Text(1, 253), "A name under which requests are counted."),
        Optional("requestMirror", DeliverySchemas.RequestMirrorPolicy, "What copies of requests look like."),
        Optional("ai", Open(), "Of kgateway 2.1: prompts and their guards."))
        .OnlyFor("autoHostRewrite", "HTTPRoute")
        .OnlyFor("urlRewrite", "HTTPRoute")
        .OnlyFor("tracing", "HTTPRoute GRPCRoute")
        .OnlyFor("statPrefix", "HTTPRoute GRPCRoute")
        .TriesWithinTimeout();
}
