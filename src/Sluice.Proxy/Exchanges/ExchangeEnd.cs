namespace Sluice.Proxy.Exchanges;

/// <summary>How an exchange ended: with the backend's response, or why not with it.</summary>
internal enum ExchangeEnd : byte
{
    /// <summary>The backend's response was passed on whole; of a tunnel, both sides have ended it.</summary>
    Response,

    /// <summary>RequestRedirect.</summary>
    Redirect,

    /// <summary>An answer that the configuration holds, such as a DirectResponse.</summary>
    DirectResponse,

    /// <summary>CORS answered a preflight.</summary>
    Preflight,

    /// <summary>A filter of the rule's policies answered in the backend's place.</summary>
    Denied,

    /// <summary>404: no listener of the port is for the host.</summary>
    NoListener,

    /// <summary>404: the listener has no rule that matches.</summary>
    NoRoute,

    /// <summary>421: on this connection the host belongs to another listener.</summary>
    Misdirected,

    /// <summary>500: the rule has no backend that can be used for this share of its requests.</summary>
    NoBackend,

    /// <summary>503: the backend has no endpoint.</summary>
    NoEndpoint,

    /// <summary>503: no endpoint could be connected to.</summary>
    ConnectFailed,

    /// <summary>502 or 503: the backend's connection ended before a response began.</summary>
    UpstreamReset,

    /// <summary>502: what the backend sent, or how it spoke, was not to be understood.</summary>
    UpstreamProtocol,

    /// <summary>504, or the response was cut: a timeout has passed.</summary>
    Timeout,

    /// <summary>The response had begun, and the backend did not end it.</summary>
    Truncated,

    /// <summary>400 or 431, or the response was cut: the request is not what its content type says, or too large.</summary>
    BadRequest,

    /// <summary>The client left, or broke the protocol, before the end.</summary>
    ClientGone,
}
