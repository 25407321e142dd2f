using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Reads TLS of listeners and clusters, and the routes of streams.</summary>
internal static class TlsReader
{
    public static ListenerTls Listener(JsonElement element, Func<JsonElement, TlsCertificate> certificate) => new()
    {
        Mode = element.Choice<TlsMode>("mode"),
        Certificates = element.List("certificates", certificate),
        MinimumVersion = element.Choice<TlsVersion>("minimumVersion", TlsVersion.Tls12),
        MaximumVersion = element.Choice<TlsVersion>("maximumVersion", TlsVersion.Tls13),
        CipherSuites = element.Texts("cipherSuites"),
        Curves = element.Texts("curves"),
        AlpnProtocols = element.OptionalTexts("alpnProtocols"),
        ClientValidation = element.OptionalMember("clientValidation") is { } validation
            ? new ClientValidation { Mode = validation.Choice<ClientValidationMode>("mode"), CaCertificates = validation.Texts("caCertificates") }
            : null,
    };

    public static UpstreamTls Upstream(JsonElement element, Func<JsonElement, TlsCertificate> certificate) => new()
    {
        Hostname = element.Text("hostname"),
        SubjectAltNames = element.List("subjectAltNames", name => new SubjectAltName(name.Choice<SubjectAltNameType>("type"), name.Text("value"))),
        CaCertificates = element.Texts("caCertificates"),
        TrustSystem = element.Flag("trustSystem"),
        ClientCertificate = element.OptionalElement("clientCertificate") is { } shown ? certificate(shown) : null,
    };

    public static TlsHost Host(JsonElement element) => new(element.Text("hostname"), Route(element.Member("route")));

    public static StreamRoute Route(JsonElement element) => new()
    {
        Route = element.Text("route"),
        RuleName = element.OptionalText("ruleName"),
        Backends = element.List("backends", backend => new StreamBackend(backend.OptionalText("cluster"), backend.Number("weight"))),
    };

    public static ProxyProtocolAcceptance ProxyProtocol(JsonElement element) => new()
    {
        TrustedSources = element.Texts("trustedSources"),
        AllowWithoutHeader = element.Flag("allowWithoutHeader"),
    };

    public static TlsCertificate Certificate(JsonElement element) => Certificate(element, new PrivateKey(element.Text("privateKey")));

    /// <summary>With a key that is <see cref="PrivateKey.Withheld"/> where it was written without its secrets.</summary>
    public static TlsCertificate CertificateOrWithoutKey(JsonElement element) =>
        Certificate(element, element.OptionalText("privateKey") is { } key ? new PrivateKey(key) : PrivateKey.Withheld);

    private static TlsCertificate Certificate(JsonElement element, PrivateKey key) => new()
    {
        Name = element.Text("name"),
        Chain = element.Text("chain"),
        PrivateKey = key,
        OcspResponse = element.OptionalText("ocspResponse") is null ? null : element.Bytes("ocspResponse"),
    };
}
