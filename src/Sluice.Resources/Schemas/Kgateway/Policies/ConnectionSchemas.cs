using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Backends"/> holds of the same names.</summary>
internal static class ConnectionSchemas
{
    public static SchemaNode DnsPolicy { get; } = Object(
        Optional("refreshRate", PolicyShapes.DurationOf("1ms"), "How often; 5s when absent."),
        Optional("jitter", PolicyShapes.Duration, "A random time that is added, at most refreshRate."),
        Optional("respectTTL", Flag, "Whether answers say how often."))
        .NotLonger("jitter", "refreshRate");

    public static SchemaNode CommonHttpOptions { get; } = Object(
        Optional("idleTimeout", PolicyShapes.Duration, "A connection without a request; 1h when absent, 0s for none."),
        Optional("maxHeadersCount", Integer(1), "Fields of a response; 100 when absent."),
        Optional("maxStreamDuration", PolicyShapes.Duration, "How long an exchange may take."),
        Optional("maxRequestsPerConnection", Integer(0), "Then it is closed; 0 for any number."));

    public static SchemaNode Http1Options { get; } = Object(
        Optional("enableTrailers", Flag, "Whether trailers are passed on."),
        Optional("preserveHttp1HeaderCase", Flag, "Whether names keep their case."),
        Optional("overrideStreamErrorOnInvalidHttpMessage", Flag, "Whether a wrong message ends one exchange only."));

    public static SchemaNode Http2Keepalive { get; } = Object(
        Required("timeout", PolicyShapes.DurationOf("1ms"), "How long the answer may take."),
        Optional("interval", PolicyShapes.DurationOf("1ms"), "Time between probes."),
        Optional("connectionIdleInterval", PolicyShapes.DurationOf("1ms"), "A connection that was idle as long is probed first."));

    public static SchemaNode Http2Options { get; } = Object(
        Optional("initialStreamWindowSize", PolicyShapes.Quantity(65535, 2147483647), "Bytes of one stream that may be under way."),
        Optional("initialConnectionWindowSize", PolicyShapes.Quantity(65535, 2147483647), "Bytes of a connection that may be under way."),
        Optional("maxConcurrentStreams", Integer(1), "Streams of a connection; 1024 when absent."),
        Optional("overrideStreamErrorOnInvalidHttpMessage", Flag, "Whether a wrong message ends one exchange only."),
        Optional("connectionKeepalive", Http2Keepalive, "Probes of connections."));

    public static SchemaNode TlsFiles { get; } = Object(
        Optional("tlsCertificate", Text(1, 4096), "The client's certificate."),
        Optional("tlsKey", Text(1, 4096), "Its key."),
        Optional("rootCA", Text(1, 4096), "Authorities."))
        .AnyOf("tlsCertificate tlsKey rootCA");

    public static SchemaNode TlsParameters { get; } = Object(
        Optional("minVersion", Word("AUTO 1.0 1.1 1.2 1.3"), "The lowest version."),
        Optional("maxVersion", Word("AUTO 1.0 1.1 1.2 1.3"), "The highest version."),
        Optional("cipherSuites", Set(Text(1, 128), 64), "In order of preference."),
        Optional("ecdhCurves", Set(Text(1, 64), 16), "In order of preference."),
        Optional("signatureAlgorithms", Set(Text(1, 64), 32), "In order of preference."));

    public static SchemaNode LocalSecretReference { get; } = Object(
        Required("name", NameSchemas.ObjectName, "The Secret's name."));

    public static SchemaNode BackendTlsSettings { get; } = Object(
        Optional("secretRef", LocalSecretReference, "A Secret with tls.crt and tls.key to be shown, and ca.crt to trust."),
        Optional("files", TlsFiles, "The same from files."),
        Optional("wellKnownCACertificates", Word("System"), "What the system trusts."),
        Optional("insecureSkipVerify", Flag, "Whether certificates are not checked at all."),
        Optional("sni", Text(1, 253), "The server name that is sent."),
        Optional("verifySubjectAltNames", List(Text(1, 253), 1, 16), "Names of which the certificate must have one."),
        Optional("parameters", TlsParameters, "What TLS may be like."),
        Optional("alpnProtocols", Set(Text(1, 32), 8), "What is offered to speak; h2 and http/1.1."),
        Optional("allowRenegotiation", Flag, "Whether endpoints may renegotiate."),
        Optional("simpleTLS", Flag, "Whether no certificate is shown, though the Secret has one."))
        .OneOf("secretRef files wellKnownCACertificates insecureSkipVerify");

    public static SchemaNode UpstreamProxyProtocol { get; } = Object(
        Optional("version", Word("V1 V2").Default("\"V1\""), "Its version."));
}
