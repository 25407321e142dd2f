namespace Sluice.Proxy.Explain;

/// <summary>How a request ends.</summary>
public enum ExplainOutcome
{
    /// <summary>Sent to a backend.</summary>
    Forwarded,

    /// <summary>Answered by the winning rule itself: a redirect or a direct response.</summary>
    Answered,

    /// <summary>The winning rule has no usable backend: 500, or 503 when backends have no endpoints.</summary>
    NoBackend,

    /// <summary>No entry of the virtual host matches: 404.</summary>
    NoRoute,

    /// <summary>The listener has no virtual host for the request's host: 404.</summary>
    NoVirtualHost,

    /// <summary>Listeners are on the port, but none for the request's host: 404.</summary>
    NoListener,

    /// <summary>No listener is on the port: nothing answers.</summary>
    NoPort,

    /// <summary>The request is refused before it is routed: 400.</summary>
    BadRequest,

    /// <summary>The server name chose another listener than the request's host does: 421 (RFC 9110 15.5.20).</summary>
    Misdirected,

    /// <summary>The connection, or the datagrams, are relayed to a backend as they are.</summary>
    Relayed,

    /// <summary>The connection is closed, or the datagrams dropped, without an answer.</summary>
    Closed,
}
