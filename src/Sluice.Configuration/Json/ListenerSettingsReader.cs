using System.Text.Json;
using Sluice.Configuration.Listeners;

namespace Sluice.Configuration.Json;

/// <summary>Reads the settings of listeners.</summary>
internal static class ListenerSettingsReader
{
    /// <param name="listener">May have a member "connection".</param>
    public static ConnectionSettings? Connection(JsonElement listener) => listener.OptionalMember("connection") is not { } element ? null : new ConnectionSettings
    {
        TcpKeepalive = element.OptionalMember("tcpKeepalive") is { } keepalive
            ? new TcpKeepalive { Probes = keepalive.OptionalNumber("probes"), Time = keepalive.OptionalTime("time"), Interval = keepalive.OptionalTime("interval") }
            : null,
        BufferLimitBytes = element.OptionalNumber("bufferLimitBytes"),
        TlsHandshakeTimeout = element.OptionalTime("tlsHandshakeTimeout"),
    };

    /// <param name="listener">May have a member "http".</param>
    public static HttpSettings? Http(JsonElement listener) => listener.OptionalMember("http") is not { } element ? null : new HttpSettings
    {
        TrustedCidrs = element.Texts("trustedCidrs"),
        SkipXffAppend = element.Flag("skipXffAppend"),
        PreserveExternalRequestId = !element.Flag("replacesRequestId"),
        GenerateRequestId = !element.Flag("omitsRequestId"),
        ServerHeader = element.OptionalText("serverHeader") is null ? null : element.Choice<ServerHeaderTransformation>("serverHeader"),
        ServerName = element.OptionalText("serverName") ?? HttpSettings.DefaultServerName,
        StreamIdleTimeout = element.OptionalTime("streamIdleTimeout"),
        IdleTimeout = element.OptionalTime("idleTimeout"),
        MaxRequestsPerConnection = element.OptionalNumber("maxRequestsPerConnection"),
        MaxHeadersCount = element.OptionalNumber("maxHeadersCount"),
        MaxRequestHeadersBytes = element.OptionalNumber("maxRequestHeadersBytes"),
        Http2 = element.OptionalMember("http2") is { } http2 ? Http2(http2) : null,
        HealthCheckPath = element.OptionalText("healthCheckPath"),
        AcceptHttp10 = !element.Flag("refusesHttp10"),
        DefaultHostForHttp10 = element.OptionalText("defaultHostForHttp10"),
        AllowWebSockets = !element.Flag("refusesWebSockets"),
        EarlyRequestHeaders = element.OptionalMember("earlyRequestHeaders") is { } early ? RuleReader.Headers(early) : null,
        ForwardClientCert = element.OptionalMember("forwardClientCert") is { } certificate ? ForwardClientCert(certificate) : null,
        StripHostPort = element.Choice<StripHostPortMode>("stripHostPort", StripHostPortMode.None),
        StripTrailingHostDot = element.Flag("stripTrailingHostDot"),
        LocalReplies = element.OptionalMember("localReplies") is { } replies ? LocalReplies(replies) : null,
    };

    private static Http2Settings Http2(JsonElement element) => new()
    {
        InitialStreamWindowSize = element.OptionalNumber("initialStreamWindowSize"),
        InitialConnectionWindowSize = element.OptionalNumber("initialConnectionWindowSize"),
        MaxConcurrentStreams = element.OptionalNumber("maxConcurrentStreams"),
    };

    private static ForwardClientCert ForwardClientCert(JsonElement element) => new()
    {
        Mode = element.Choice<ForwardClientCertMode>("mode"),
        Subject = element.Flag("subject"),
        Cert = element.Flag("cert"),
        Chain = element.Flag("chain"),
        Dns = element.Flag("dns"),
        Uri = element.Flag("uri"),
    };

    private static LocalReplySettings LocalReplies(JsonElement element) => new()
    {
        DefaultBodyFormat = Body(element, "defaultBodyFormat"),
        Mappers = element.List("mappers", mapper => new LocalReplyMapper
        {
            Filter = mapper.OptionalMember("filter") is { } filter ? TelemetryReader.Filter(filter) : null,
            StatusCode = mapper.OptionalNumber("statusCode"),
            Body = mapper.OptionalText("body"),
            BodyFormat = Body(mapper, "bodyFormat"),
            Headers = mapper.List("headers", RuleReader.Header),
        }),
    };

    private static BodyFormat? Body(JsonElement owner, string name) =>
        owner.OptionalMember(name) is { } element ? new BodyFormat(TelemetryReader.Format(element), element.Text("contentType")) : null;
}
