namespace Sluice.Translation.Support.Policies;

internal static class TrafficPolicyFields
{
    public static PolicyMarks Marks { get; } = new PolicyMarks()
        .Supported("spec.targetRefs")
        .Supported("spec.targetSelectors")
        .Supported("spec.acl")
        .Supported("spec.apiKeyAuth")
        .NotSupported("spec.apiKeyAuth.secretSelector", "finds Secrets in files only: of a cluster's Secrets, those are read that are named")
        .Supported("spec.autoHostRewrite")
        .Supported("spec.basicAuth")
        .Supported("spec.buffer")
        .Supported("spec.compression")
        .Supported("spec.cors")
        .Supported("spec.csrf")
        .Supported("spec.extAuth")
        .NotSupported("spec.extAuth.withRequestBody", "answers 500: the service could not see what it is to judge")
        .NotSupported("spec.extProc", "answers 500")
        .Supported("spec.faultInjection")
        .Supported("spec.headerModifiers", "values may have [command operators](headers.md)")
        .Supported("spec.internalRedirect")
        .Supported("spec.jwtAuth")
        .Supported("spec.oauth2", "[logins](oauth2.md)")
        .Supported("spec.rateLimit.local")
        .Supported("spec.rateLimit.global", "[services that are asked](external-services.md)")
        .NotSupported("spec.rateLimit.quota", "answers 500")
        .Supported("spec.rbac", "[CEL](cel.md)")
        .Supported("spec.retry", "no HTTP/3 conditions: backends are not spoken to by HTTP/3")
        .Supported("spec.timeouts")
        .Supported("spec.transformation", "[templates](transformations.md)")
        .Supported("spec.urlRewrite");
}
