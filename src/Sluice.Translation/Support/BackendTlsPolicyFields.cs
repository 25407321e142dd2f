namespace Sluice.Translation.Support;

internal static class BackendTlsPolicyFields
{
    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .Supported("spec.targetRefs[]", "group kind", "core Service only; others get a warning. Holds for HTTPRoutes, GRPCRoutes and their mirrors, TCPRoutes, and TLSRoutes on listeners that terminate TLS.")
        .Supported("spec.targetRefs[]", "name", "Several targets are allowed.")
        .Supported("spec.targetRefs[]", "sectionName", "A port that the Service does not have is Accepted=False with reason TargetNotFound.")
        .Supported("spec.validation.caCertificateRefs[]", "group kind name", "ConfigMaps, or Secrets, with `ca.crt`, which may hold several certificates. Those that resolve are trusted; without any, requests get 500.")
        .Supported("spec.validation", "wellKnownCACertificates", "`System`; others are Accepted=False with reason Invalid.")
        .Supported("spec.validation", "hostname")
        .Supported("spec.validation.subjectAltNames[]", "type hostname uri")
        .WithoutEffect("spec", "options", "No options are known; they get a warning.")
        .Supported("status.ancestors[].ancestorRef", "group kind name namespace", "The Gateways whose routes use the Service.")
        .WithoutEffect("status.ancestors[].ancestorRef", "sectionName port", "Ancestors are whole Gateways.")
        .Supported("status.ancestors[]", "controllerName")
        .Conditions("status.ancestors[].conditions[]")
        .Fields;
}
