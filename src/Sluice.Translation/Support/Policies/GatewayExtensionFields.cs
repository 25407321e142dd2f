namespace Sluice.Translation.Support.Policies;

internal static class GatewayExtensionFields
{
    public static PolicyMarks Marks { get; } = new PolicyMarks()
        .Supported("spec.type")
        .Supported("spec.extAuth", "[services that are asked](external-services.md)")
        .NotSupported("spec.extAuth.withRequestBody", "answers 500")
        .NotSupported("spec.extAuth.clearRouteCache", "answers 500: the route is chosen before the service is asked")
        .NotSupported("spec.extAuth.statPrefix", "")
        .Supported("spec.jwt")
        .Supported("spec.oauth2", "[logins](oauth2.md)")
        .Supported("spec.rateLimit", "[services that are asked](external-services.md)");
}
