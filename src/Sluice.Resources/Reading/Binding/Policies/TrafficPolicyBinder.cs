using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class TrafficPolicyBinder
{
    public static TrafficPolicy Read(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        TargetRefs = PolicyTargets.References(node),
        TargetSelectors = PolicyTargets.Selectors(node),
        Transformation = node.Part("transformation", TransformationBinder.TransformationPolicy),
        ExtProc = node.Part("extProc", ExternalBinder.ExtProcPolicy),
        ExtAuth = node.Part("extAuth", ExternalBinder.ExtAuthPolicy),
        RateLimit = node.Part("rateLimit", RateLimitBinder.RateLimitPolicy),
        Cors = node.Part("cors", OriginBinder.CorsPolicySettings),
        Csrf = node.Part("csrf", OriginBinder.CsrfPolicy),
        HeaderModifiers = node.Part("headerModifiers", HeaderBinder.HeaderModifiersPolicy),
        AutoHostRewrite = node.FlagOrNull("autoHostRewrite"),
        Buffer = node.Part("buffer", DeliveryBinder.BufferPolicy),
        Timeouts = node.Part("timeouts", DeliveryBinder.TimeoutPolicy),
        Retry = node.Part("retry", DeliveryBinder.RetryPolicySettings),
        InternalRedirect = node.Part("internalRedirect", DeliveryBinder.InternalRedirectPolicy),
        Rbac = node.Part("rbac", OriginBinder.RbacPolicy),
        JwtAuth = node.Part("jwtAuth", ExternalBinder.JwtAuthPolicy),
        UrlRewrite = node.Part("urlRewrite", DeliveryBinder.UrlRewritePolicy),
        Compression = node.Part("compression", DeliveryBinder.CompressionPolicy),
        BasicAuth = node.Part("basicAuth", CredentialBinder.BasicAuthPolicy),
        ApiKeyAuth = node.Part("apiKeyAuth", CredentialBinder.ApiKeyAuthPolicy),
        OAuth2 = node.Part("oauth2", ExternalBinder.OAuth2Policy),
        Tracing = node.Part("tracing", RouteTracingBinder.RouteTracing),
        FaultInjection = node.Part("faultInjection", DeliveryBinder.FaultInjectionPolicy),
        Acl = node.Part("acl", OriginBinder.AclPolicy),
        StatPrefix = node.Text("statPrefix"),
        RequestMirror = node.Part("requestMirror", DeliveryBinder.RequestMirrorPolicy),
        Ai = node.Json("ai"),
    };
}
