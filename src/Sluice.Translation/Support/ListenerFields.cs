namespace Sluice.Translation.Support;

/// <summary>Listeners of Gateways and of ListenerSets.</summary>
internal static class ListenerFields
{
    public static FieldList Listeners(this FieldList fields, string path) => fields
        .Supported(path, "name hostname port")
        .Supported(path, "protocol", "HTTP, HTTPS, TLS, TCP, UDP. Others are Accepted=False with reason UnsupportedProtocol.")
        .Supported($"{path}.tls", "mode", "Terminate and Passthrough, also side by side on one port.")
        .Supported($"{path}.tls", "options", "[TLS options](listeners.md#tls-options).")
        .Supported($"{path}.tls.certificateRefs[]", "group kind name namespace", "Core Secrets with `tls.crt` and `tls.key`; several, of RSA and ECDSA. [Certificates](listeners.md#certificates).")
        .Supported($"{path}.allowedRoutes.namespaces", "from")
        .Selector(SupportLevel.Supported, $"{path}.allowedRoutes.namespaces.selector")
        .Supported($"{path}.allowedRoutes.kinds[]", "group kind");

    public static FieldList ListenerStatus(this FieldList fields) => fields
        .Supported("status.listeners[]", "name attachedRoutes")
        .Supported("status.listeners[].supportedKinds[]", "group kind")
        .Conditions("status.listeners[].conditions[]");
}
