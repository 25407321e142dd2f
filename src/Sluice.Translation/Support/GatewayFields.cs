namespace Sluice.Translation.Support;

internal static class GatewayFields
{
    private const string ListenersOfPort = "For HTTPS listeners and TLS listeners with mode Terminate, those of ListenerSets too.";

    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .Supported("spec", "gatewayClassName")
        .Supported("spec.addresses[]", "type value", "IPAddress, of an address of this machine; without a value one is given.")
        .Listeners("spec.listeners[]")
        .Supported("spec.infrastructure", "labels annotations", "On the Service of the Gateway; without a cluster `/status` tells what it would be.")
        .Supported("spec.infrastructure.parametersRef", "group kind name", "[`GatewayParameters`](gateway-parameters.md) of `gateway.kgateway.dev`; others, and in a cluster missing ones, are Accepted=False with reason InvalidParameters.")
        .Supported("spec.allowedListeners.namespaces", "from")
        .Selector(SupportLevel.Supported, "spec.allowedListeners.namespaces.selector")
        .WithoutEffect("spec", "defaultScope", "`All` gets a warning: routes name their Gateways in parentRefs.")
        .Supported("spec.tls.backend.clientCertificateRef", "group kind name namespace", "A core Secret with `tls.crt` and `tls.key`; shown to backends that ask.")
        .Frontend("spec.tls.frontend.default.validation")
        .Supported("spec.tls.frontend.perPort[]", "port")
        .Frontend("spec.tls.frontend.perPort[].tls.validation")
        .Supported("status.addresses[]", "type value")
        .Conditions("status.conditions[]")
        .Supported("status", "attachedListenerSets")
        .ListenerStatus()
        .Fields;

    private static FieldList Frontend(this FieldList fields, string path) => fields
        .Supported(path, "mode", ListenersOfPort)
        .Supported($"{path}.caCertificateRefs[]", "group kind name namespace", "Core ConfigMaps or Secrets with `ca.crt`; several may share a subject.");
}
