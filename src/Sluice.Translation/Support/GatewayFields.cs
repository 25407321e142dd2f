namespace Sluice.Translation.Support;

internal static class GatewayFields
{
    private const string NeedsTls = "TLS is not served yet.";
    private const string NoListenerSets = "ListenerSets are not served yet.";

    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .Supported("spec", "gatewayClassName")
        .Supported("spec.addresses[]", "type value", "IPAddress, of an address of this machine; without a value one is given.")
        .Listeners("spec.listeners[]")
        .Supported("spec.infrastructure", "labels annotations", "On the Service of the Gateway; without a cluster `/status` tells what it would be.")
        .Supported("spec.infrastructure.parametersRef", "group kind name", "`GatewayParameters` of `gateway.kgateway.dev` are accepted; others are Accepted=False with reason InvalidParameters.")
        .WithoutEffect("spec.allowedListeners.namespaces", "from", NoListenerSets)
        .Selector(SupportLevel.WithoutEffect, "spec.allowedListeners.namespaces.selector", NoListenerSets)
        .WithoutEffect("spec", "defaultScope", "`All` gets a warning: routes name their Gateways in parentRefs.")
        .WithoutEffect("spec.tls.backend.clientCertificateRef", "group kind name namespace", NeedsTls)
        .Frontend("spec.tls.frontend.default.validation")
        .WithoutEffect("spec.tls.frontend.perPort[]", "port", NeedsTls)
        .Frontend("spec.tls.frontend.perPort[].tls.validation")
        .Supported("status.addresses[]", "type value")
        .Conditions("status.conditions[]")
        .WithoutEffect("status", "attachedListenerSets", NoListenerSets)
        .Supported("status.listeners[]", "name attachedRoutes")
        .Supported("status.listeners[].supportedKinds[]", "group kind")
        .Conditions("status.listeners[].conditions[]")
        .Fields;

    private static FieldList Listeners(this FieldList fields, string path) => fields
        .Supported(path, "name hostname port")
        .Supported(path, "protocol", "HTTP. HTTPS, TLS, TCP and UDP are Accepted=False with reason UnsupportedProtocol.")
        .Refused($"{path}.tls", "mode options", NeedsTls)
        .Refused($"{path}.tls.certificateRefs[]", "group kind name namespace", NeedsTls)
        .Supported($"{path}.allowedRoutes.namespaces", "from")
        .Selector(SupportLevel.Supported, $"{path}.allowedRoutes.namespaces.selector")
        .Supported($"{path}.allowedRoutes.kinds[]", "group kind");

    private static FieldList Frontend(this FieldList fields, string path) => fields
        .WithoutEffect(path, "mode", NeedsTls)
        .WithoutEffect($"{path}.caCertificateRefs[]", "group kind name namespace", NeedsTls);
}
