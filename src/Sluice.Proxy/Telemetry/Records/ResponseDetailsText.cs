namespace Sluice.Proxy.Telemetry.Records;

/// <summary>Words of <see cref="ResponseDetails"/> in logs; where Envoy has one for the same, it is Envoy's.</summary>
internal static class ResponseDetailsText
{
    /// <summary>Empty for none. A filter that refused the request has words of its own.</summary>
    public static ReadOnlySpan<byte> Of(RequestRecord record) => record.Denial is { } denial ? denial.DetailsBytes : Of(record.Details);

    /// <summary>Empty for none.</summary>
    public static ReadOnlySpan<byte> Of(ResponseDetails details) => details switch
    {
        ResponseDetails.ViaUpstream => "via_upstream"u8,
        ResponseDetails.RouteNotFound => "route_not_found"u8,
        ResponseDetails.MisdirectedRequest => "misdirected_request"u8,
        ResponseDetails.DirectResponse => "direct_response"u8,
        ResponseDetails.Redirect => "redirect"u8,
        ResponseDetails.CorsPreflight => "cors_preflight"u8,
        ResponseDetails.Denied => "denied"u8,
        ResponseDetails.NoBackend => "cluster_not_found"u8,
        ResponseDetails.NoHealthyUpstream => "no_healthy_upstream"u8,
        ResponseDetails.ConnectFailure => "upstream_reset_before_response_started{connection_failure}"u8,
        ResponseDetails.ConnectTimeout => "upstream_reset_before_response_started{connection_timeout}"u8,
        ResponseDetails.TlsFailure => "upstream_reset_before_response_started{tls_failure}"u8,
        ResponseDetails.UpstreamReset => "upstream_reset_before_response_started{connection_termination}"u8,
        ResponseDetails.UpstreamProtocolError => "upstream_reset_before_response_started{protocol_error}"u8,
        ResponseDetails.ResponseTimeout => "response_timeout"u8,
        ResponseDetails.UpstreamTruncated => "upstream_reset_after_response_started{connection_termination}"u8,
        ResponseDetails.RequestTimeout => "request_timeout"u8,
        ResponseDetails.AttemptTimeout => "upstream_per_try_timeout"u8,
        ResponseDetails.DownstreamGone => "downstream_remote_disconnect"u8,
        ResponseDetails.MalformedRequest => "malformed_request"u8,
        ResponseDetails.MalformedBody => "malformed_request_body"u8,
        ResponseDetails.WebSocketUnsupported => "websocket_unsupported"u8,
        ResponseDetails.Relayed => "relayed"u8,
        ResponseDetails.Idle => "idle_timeout"u8,
        ResponseDetails.Drained => "drained"u8,
        ResponseDetails.Fault => "internal_fault"u8,
        _ => default,
    };
}
