namespace Sluice.Configuration.Listeners;

/// <summary>
/// How HTTP is spoken with the clients of a listener. What is not said is as on a listener without settings. Settings of connections
/// (marked so) are, on a port without TLS, those of the first of its listeners that has settings; with TLS, and all others, those of the listener
/// that the server name or the request's host belongs to.
/// </summary>
public sealed record HttpSettings
{
    /// <summary>
    /// Networks of proxies in front that are trusted, as <see cref="Listener.TrustedHops"/> without a number: the client is the last
    /// address of X-Forwarded-For that is not among them. Counts instead of the number unless it is empty.
    /// </summary>
    public IReadOnlyList<string> TrustedCidrs { get; init; } = [];

    /// <summary>The peer's address is not appended to X-Forwarded-For.</summary>
    public bool SkipXffAppend { get; init; }

    /// <summary>X-Request-Id of a client is kept. What trusted proxies say is kept in any case. Default true.</summary>
    public bool PreserveExternalRequestId { get; init; } = true;

    /// <summary>A request without X-Request-Id gets one. Default true.</summary>
    public bool GenerateRequestId { get; init; } = true;

    /// <summary>Null: Server of a backend is passed on, and answers of the proxy's own say <see cref="ServerName"/>.</summary>
    public ServerHeaderTransformation? ServerHeader { get; init; }

    /// <summary>Default "sluice".</summary>
    public string ServerName { get; init; } = DefaultServerName;

    /// <summary>How long neither side of an exchange may send anything. Null: the data plane's own limits alone. Zero: the same.</summary>
    public TimeSpan? StreamIdleTimeout { get; init; }

    /// <summary>Of connections: how long one may be idle between requests. Null: the data plane's limit. Zero: for ever.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Of connections: requests until one is closed in order. Null or 0: any number.</summary>
    public int? MaxRequestsPerConnection { get; init; }

    /// <summary>Of connections: field lines of a request's head; more are answered with 431. Null: the data plane's limit, which counts in any case.</summary>
    public int? MaxHeadersCount { get; init; }

    /// <summary>Of connections: bytes of a request's head; more are answered with 431. Null: the data plane's limit, which counts in any case.</summary>
    public int? MaxRequestHeadersBytes { get; init; }

    /// <summary>Of connections.</summary>
    public Http2Settings? Http2 { get; init; }

    /// <summary>Of connections: a path that is answered with 200, and with 503 while the proxy drains. Null: none.</summary>
    public string? HealthCheckPath { get; init; }

    /// <summary>Of connections: requests of HTTP/1.0 are served; else they are answered with 426. Default true.</summary>
    public bool AcceptHttp10 { get; init; } = true;

    /// <summary>Of connections: the host of requests of HTTP/1.0 that name none. Null: none.</summary>
    public string? DefaultHostForHttp10 { get; init; }

    /// <summary>WebSockets are let through; else they are answered with 403. Default true.</summary>
    public bool AllowWebSockets { get; init; } = true;

    /// <summary>Changes of requests before a route is chosen.</summary>
    public HeaderModifier? EarlyRequestHeaders { get; init; }

    /// <summary>Null: backends are told of verified certificates, and what trusted proxies say is passed on.</summary>
    public ForwardClientCert? ForwardClientCert { get; init; }

    public StripHostPortMode StripHostPort { get; init; }

    /// <summary>The dot of a fully qualified name is taken off Host.</summary>
    public bool StripTrailingHostDot { get; init; }

    /// <summary>Null: answers of the proxy's own are as they are.</summary>
    public LocalReplySettings? LocalReplies { get; init; }

    public const string DefaultServerName = "sluice";
}
