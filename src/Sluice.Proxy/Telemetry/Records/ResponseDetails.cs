namespace Sluice.Proxy.Telemetry.Records;

/// <summary>Why the response is what it is (RESPONSE_CODE_DETAILS).</summary>
internal enum ResponseDetails : byte
{
    None,
    ViaUpstream,
    RouteNotFound,
    MisdirectedRequest,
    DirectResponse,
    Redirect,
    CorsPreflight,
    Denied,
    NoBackend,
    NoHealthyUpstream,
    ConnectFailure,
    ConnectTimeout,
    TlsFailure,
    UpstreamReset,
    UpstreamProtocolError,
    ResponseTimeout,
    UpstreamTruncated,
    RequestTimeout,
    AttemptTimeout,
    DownstreamGone,
    MalformedRequest,
    MalformedBody,
    WebSocketUnsupported,
    Relayed,
    Idle,
    Drained,
    Fault,
}
