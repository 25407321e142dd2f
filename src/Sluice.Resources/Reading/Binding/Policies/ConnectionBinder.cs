using Sluice.Resources.Policies.Backends;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class ConnectionBinder
{
    public static DnsPolicy DnsPolicy(PolicyNode node) => new()
    {
        RefreshRate = node.Time("refreshRate"),
        Jitter = node.Time("jitter"),
        RespectTtl = node.Flag("respectTTL"),
    };

    public static CommonHttpOptions CommonHttpOptions(PolicyNode node) => new()
    {
        IdleTimeout = node.Time("idleTimeout"),
        MaxHeadersCount = node.Number("maxHeadersCount"),
        MaxStreamDuration = node.Time("maxStreamDuration"),
        MaxRequestsPerConnection = node.Number("maxRequestsPerConnection"),
    };

    public static Http1Options Http1Options(PolicyNode node) => new()
    {
        EnableTrailers = node.Flag("enableTrailers"),
        PreserveHttp1HeaderCase = node.Flag("preserveHttp1HeaderCase"),
        OverrideStreamErrorOnInvalidHttpMessage = node.Flag("overrideStreamErrorOnInvalidHttpMessage"),
    };

    public static Http2Keepalive Http2Keepalive(PolicyNode node) => new()
    {
        Timeout = node.NeedTime("timeout"),
        Interval = node.Time("interval"),
        ConnectionIdleInterval = node.Time("connectionIdleInterval"),
    };

    public static Http2Options Http2Options(PolicyNode node) => new()
    {
        InitialStreamWindowSize = node.Bytes("initialStreamWindowSize"),
        InitialConnectionWindowSize = node.Bytes("initialConnectionWindowSize"),
        MaxConcurrentStreams = node.Number("maxConcurrentStreams"),
        OverrideStreamErrorOnInvalidHttpMessage = node.Flag("overrideStreamErrorOnInvalidHttpMessage"),
        ConnectionKeepalive = node.Part("connectionKeepalive", Http2Keepalive),
    };

    public static TlsFiles TlsFiles(PolicyNode node) => new()
    {
        TlsCertificate = node.Text("tlsCertificate"),
        TlsKey = node.Text("tlsKey"),
        RootCa = node.Text("rootCA"),
    };

    public static TlsParameters TlsParameters(PolicyNode node) => new()
    {
        MinVersion = node.Text("minVersion"),
        MaxVersion = node.Text("maxVersion"),
        CipherSuites = node.Texts("cipherSuites"),
        EcdhCurves = node.Texts("ecdhCurves"),
        SignatureAlgorithms = node.Texts("signatureAlgorithms"),
    };

    public static LocalSecretReference LocalSecretReference(PolicyNode node) => new()
    {
        Name = node.Need("name"),
    };

    public static BackendTlsSettings BackendTlsSettings(PolicyNode node) => new()
    {
        SecretRef = node.Part("secretRef", LocalSecretReference),
        Files = node.Part("files", TlsFiles),
        WellKnownCaCertificates = node.Text("wellKnownCACertificates"),
        InsecureSkipVerify = node.Flag("insecureSkipVerify"),
        Sni = node.Text("sni"),
        VerifySubjectAltNames = node.Texts("verifySubjectAltNames"),
        Parameters = node.Part("parameters", TlsParameters),
        AlpnProtocols = node.Texts("alpnProtocols"),
        AllowRenegotiation = node.Flag("allowRenegotiation"),
        SimpleTls = node.Flag("simpleTLS"),
    };

    public static UpstreamProxyProtocol UpstreamProxyProtocol(PolicyNode node) => new()
    {
        Version = node.Need("version"),
    };
}
