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
}
