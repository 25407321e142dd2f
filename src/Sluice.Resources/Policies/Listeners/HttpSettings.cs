namespace Sluice.Resources.Policies.Listeners;

/// <summary>How HTTP is spoken with clients.</summary>
public sealed record HttpSettings
{
    /// <summary>Access logs.</summary>
    public IReadOnlyList<AccessLogEntry> AccessLog { get; init; } = [];

    /// <summary>Traces.</summary>
    public TracingSettings? Tracing { get; init; }

    /// <summary>The proxy's own answers.</summary>
    public LocalReplySettings? LocalReplies { get; init; }

    /// <summary>Protocols that requests may change to.</summary>
    public UpgradeSettings? UpgradeConfig { get; init; }

    /// <summary>Whether the client is who connects, if no proxy in front is trusted.</summary>
    public bool UseRemoteAddress { get; init; } = true;

    /// <summary>Proxies in front that are trusted.</summary>
    public int? XffNumTrustedHops { get; init; }

    /// <summary>Addresses of proxies in front that are trusted.</summary>
    public IReadOnlyList<string> XffTrustedCidrs { get; init; } = [];

    /// <summary>Whether X-Forwarded-For is left as it is.</summary>
    public bool SkipXffAppend { get; init; }

    /// <summary>Whether x-request-id of clients is kept.</summary>
    public bool PreserveExternalRequestId { get; init; }

    /// <summary>Whether requests without one get one.</summary>
    public bool GenerateRequestId { get; init; } = true;

    /// <summary>What x-request-id has to do with traces.</summary>
    public UuidRequestId? UuidRequestIdConfig { get; init; }

    /// <summary>What becomes of Server.</summary>
    public string ServerHeaderTransformation { get; init; } = "Overwrite";

    /// <summary>The Server that is sent.</summary>
    public string? ServerName { get; init; }

    /// <summary>A stream without a byte; 5m when absent, 0s for none.</summary>
    public TimeSpan? StreamIdleTimeout { get; init; }

    /// <summary>A connection without a request; 1h when absent, 0s for none.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Then it is closed; 0 for any number.</summary>
    public int? MaxRequestsPerConnection { get; init; }

    /// <summary>More fields are refused with 431.</summary>
    public int MaxHeadersCount { get; init; } = 100;

    /// <summary>Longer heads are refused with 431.</summary>
    public int MaxRequestHeadersKb { get; init; } = 60;

    /// <summary>HTTP/2.</summary>
    public ListenerHttp2? Http2ProtocolOptions { get; init; }

    /// <summary>A path that the proxy answers itself.</summary>
    public HealthCheckPath? HealthCheck { get; init; }

    /// <summary>Whether names keep their case.</summary>
    public bool PreserveHttp1HeaderCase { get; init; }

    /// <summary>Whether HTTP/1.0 is taken; else it is refused with 426.</summary>
    public bool AcceptHttp10 { get; init; }

    /// <summary>The host of requests of HTTP/1.0 without one.</summary>
    public string? DefaultHostForHttp10 { get; init; }

    /// <summary>Changes of requests before a route is chosen.</summary>
    public EarlyHeaders? EarlyRequestHeaderModifier { get; init; }

    /// <summary>What backends are told of certificates.</summary>
    public ForwardClientCert? ForwardClientCertDetails { get; init; }

    /// <summary>Which ports are taken off Host.</summary>
    public string? StripHostPortMode { get; init; }

    /// <summary>Whether a dot at the end of Host is taken off.</summary>
    public bool StripTrailingHostDot { get; init; }

    /// <summary>Whether backends answer Expect: 100-continue.</summary>
    public bool Proxy100Continue { get; init; }
}
