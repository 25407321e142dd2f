namespace Sluice.Proxy.Exchanges;

/// <summary>Why a backend did not answer.</summary>
internal enum UpstreamFailure : byte
{
    /// <summary>No connection came about: nothing was sent.</summary>
    Connect,

    ConnectTimeout,

    /// <summary>The connection ended before a response began.</summary>
    Reset,

    /// <summary>What came was no HTTP response.</summary>
    Protocol,

    ResponseTimeout,

    /// <summary>The response ended before its end.</summary>
    Truncated,

    /// <summary>A WebSocket was asked for, and the backend does not take extended CONNECT (RFC 8441 3).</summary>
    WebSocketUnsupported,

    /// <summary>The rule's timeout for the whole exchange has passed.</summary>
    RequestTimeout,

    /// <summary>The rule's timeout for one attempt has passed.</summary>
    AttemptTimeout,

    /// <summary>TLS with the backend did not come about: nothing was sent.</summary>
    TlsHandshake,

    /// <summary>The backend's certificate is not valid, or not for the name that is expected: nothing was sent.</summary>
    TlsCertificate,

    /// <summary>HTTP/2 was asked for, and the backend did not agree to it (ALPN): nothing was sent.</summary>
    TlsProtocol,

    /// <summary>The cluster's TLS cannot be spoken as it is configured: nobody was connected to.</summary>
    TlsConfiguration,
}
