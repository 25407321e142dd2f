namespace Sluice.Proxy.Exchanges;

/// <summary>Names of failures in metrics.</summary>
internal static class UpstreamFailures
{
    public static string Name(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Connect => "connect",
        UpstreamFailure.ConnectTimeout => "connect timeout",
        UpstreamFailure.Reset => "reset",
        UpstreamFailure.Protocol => "protocol",
        UpstreamFailure.ResponseTimeout => "response timeout",
        UpstreamFailure.WebSocketUnsupported => "websocket unsupported",
        UpstreamFailure.RequestTimeout => "request timeout",
        UpstreamFailure.AttemptTimeout => "attempt timeout",
        _ => "truncated",
    };
}
