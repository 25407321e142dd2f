using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Listeners"/> holds of the same names.</summary>
internal static class ListenerSettingsSchemas
{
    public static SchemaNode ProxyProtocolPolicy { get; } = Object(
        Optional("allowRequestsWithoutProxyProtocol", Flag, "Whether one without is let in too."));

    public static SchemaNode ClientCertificateRef { get; } = Object(
        Optional("group", NameSchemas.Group.Default("\"\""), "The API group; empty for core."),
        Optional("kind", Word("Secret ConfigMap").Default("\"Secret\""), "Secret or ConfigMap."),
        Required("name", NameSchemas.ObjectName, "The object's name; ca.crt holds the certificates."),
        Optional("namespace", NameSchemas.Namespace, "Null means the policy's."));

    public static SchemaNode ClientCertificatePolicy { get; } = Object(
        Optional("mode", Word("Require Optional").Default("\"Require\""), "Whether they must have one."),
        Required("caCertificateRefs", List(ClientCertificateRef, 1, 8), "Whose certificates are valid."));

    public static SchemaNode UpgradeSettings { get; } = Object(
        Optional("enabledUpgrades", Set(Text(1, 64), 16), "\"websocket\", \"CONNECT\" and such."));

    public static SchemaNode UuidRequestId { get; } = Object(
        Optional("packTraceReason", Flag.Default("true"), "Whether it tells if there is one."),
        Optional("useRequestIdForTraceSampling", Flag.Default("true"), "Whether sampling goes by it."));

    public static SchemaNode ListenerHttp2 { get; } = Object(
        Optional("initialStreamWindowSize", PolicyShapes.Quantity(65535, 2147483647), "Bytes of one stream that may be under way."),
        Optional("initialConnectionWindowSize", PolicyShapes.Quantity(65535, 2147483647), "Bytes of a connection that may be under way."),
        Optional("maxConcurrentStreams", Integer(1), "Streams of a connection."),
        Optional("allowConnect", Flag, "Whether CONNECT with :protocol is taken (RFC 8441)."));

    public static SchemaNode HealthCheckPath { get; } = Object(
        Required("path", Text(1, 2048), "200, and 503 while it drains."));

    public static SchemaNode EarlyHeaderValue { get; } = Object(
        Required("name", NameSchemas.HeaderName, "The field's name."),
        Required("value", Text(1, 4096), "The field's value."));

    public static SchemaNode EarlyHeaders { get; } = Object(
        Optional("set", Keyed("name", EarlyHeaderValue, max: 16), "Fields that are replaced."),
        Optional("add", Keyed("name", EarlyHeaderValue, max: 16), "Fields that are added."),
        Optional("remove", List(Text(1, 16384), max: 16), "Fields that are removed."));

    public static SchemaNode ClientCertDetails { get; } = Object(
        Optional("subject", Flag, "Its subject."),
        Optional("cert", Flag, "The certificate."),
        Optional("chain", Flag, "The whole chain."),
        Optional("dns", Flag, "Its DNS names."),
        Optional("uri", Flag, "Its URIs."));

    public static SchemaNode ForwardClientCert { get; } = Object(
        Optional("mode", Word("Sanitize ForwardOnly AppendForward SanitizeSet AlwaysForwardOnly").Default("\"Sanitize\""), "What becomes of the field."),
        Optional("details", ClientCertDetails, "What it holds."));

    public static SchemaNode HttpSettings { get; } = Object(
        Optional("accessLog", List(AccessLogSchemas.AccessLogEntry, max: 16), "Access logs."),
        Optional("tracing", TelemetrySchemas.TracingSettings, "Traces."),
        Optional("localReplies", AccessLogSchemas.LocalReplySettings, "The proxy's own answers."),
        Optional("upgradeConfig", UpgradeSettings, "Protocols that requests may change to."),
        Optional("useRemoteAddress", Flag.Default("true"), "Whether the client is who connects, if no proxy in front is trusted."),
        Optional("xffNumTrustedHops", Integer(0), "Proxies in front that are trusted."),
        Optional("xffTrustedCIDRs", List(PolicyShapes.Cidr, 1, 64), "Addresses of proxies in front that are trusted."),
        Optional("skipXFFAppend", Flag, "Whether X-Forwarded-For is left as it is."),
        Optional("preserveExternalRequestId", Flag.Default("false"), "Whether x-request-id of clients is kept."),
        Optional("generateRequestId", Flag.Default("true"), "Whether requests without one get one."),
        Optional("uuidRequestIdConfig", UuidRequestId, "What x-request-id has to do with traces."),
        Optional("serverHeaderTransformation", Word("Overwrite AppendIfAbsent PassThrough").Default("\"Overwrite\""), "What becomes of Server."),
        Optional("serverName", Text(1, 253), "The Server that is sent."),
        Optional("streamIdleTimeout", PolicyShapes.Duration, "A stream without a byte; 5m when absent, 0s for none."),
        Optional("idleTimeout", PolicyShapes.Duration, "A connection without a request; 1h when absent, 0s for none."),
        Optional("maxRequestsPerConnection", Integer(0), "Then it is closed; 0 for any number."),
        Optional("maxHeadersCount", Integer(1).Default("100"), "More fields are refused with 431."),
        Optional("maxRequestHeadersKb", Integer(1, 8192).Default("60"), "Longer heads are refused with 431."),
        Optional("http2ProtocolOptions", ListenerHttp2, "HTTP/2."),
        Optional("healthCheck", HealthCheckPath, "A path that the proxy answers itself."),
        Optional("preserveHttp1HeaderCase", Flag, "Whether names keep their case."),
        Optional("acceptHttp10", Flag, "Whether HTTP/1.0 is taken; else it is refused with 426."),
        Optional("defaultHostForHttp10", Text(1, 253), "The host of requests of HTTP/1.0 without one."),
        Optional("earlyRequestHeaderModifier", EarlyHeaders, "Changes of requests before a route is chosen."),
        Optional("forwardClientCertDetails", ForwardClientCert, "What backends are told of certificates."),
        Optional("stripHostPortMode", Word("MatchingPort AnyPort"), "Which ports are taken off Host."),
        Optional("stripTrailingHostDot", Flag, "Whether a dot at the end of Host is taken off."),
        Optional("proxy100Continue", Flag, "Whether backends answer Expect: 100-continue."))
        .AtMostOne("xffNumTrustedHops xffTrustedCIDRs")
        .NeedsFalse("xffTrustedCIDRs", "useRemoteAddress");

    public static SchemaNode ListenerSettings { get; } = Object(
        Optional("proxyProtocol", ProxyProtocolPolicy, "Present: connections begin with a PROXY protocol header."),
        Optional("tcpKeepalive", CommonPolicySchemas.TcpKeepalive, "Probes of idle connections."),
        Optional("perConnectionBufferLimitBytes", Integer(0), "Bytes that wait in memory; 1 MiB when absent."),
        Optional("transportSocketConnectTimeout", PolicyShapes.Duration, "How long a TLS handshake may take."),
        Optional("clientCertificateValidation", ClientCertificatePolicy, "Asks clients for certificates."),
        Optional("httpSettings", HttpSettings, "How HTTP is spoken."));

    public static SchemaNode PortSettings { get; } = Object(
        Required("port", Integer(1, 65535), "The port."),
        Required("listener", ListenerSettings, "The settings."));
}
