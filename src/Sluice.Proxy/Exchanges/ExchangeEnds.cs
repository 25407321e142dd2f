namespace Sluice.Proxy.Exchanges;

/// <summary>Names of <see cref="ExchangeEnd"/> in metrics and explanations.</summary>
internal static class ExchangeEnds
{
    public static int Count { get; } = Enum.GetValues<ExchangeEnd>().Length;

    public static string Name(ExchangeEnd end) => end switch
    {
        ExchangeEnd.Response => "response",
        ExchangeEnd.Redirect => "redirect",
        ExchangeEnd.DirectResponse => "direct response",
        ExchangeEnd.Preflight => "preflight",
        ExchangeEnd.Denied => "denied",
        ExchangeEnd.NoListener => "no listener",
        ExchangeEnd.NoRoute => "no route",
        ExchangeEnd.Misdirected => "misdirected",
        ExchangeEnd.NoBackend => "no backend",
        ExchangeEnd.NoEndpoint => "no endpoint",
        ExchangeEnd.ConnectFailed => "connect failed",
        ExchangeEnd.UpstreamReset => "upstream reset",
        ExchangeEnd.UpstreamProtocol => "upstream protocol",
        ExchangeEnd.Timeout => "timeout",
        ExchangeEnd.Truncated => "truncated",
        ExchangeEnd.BadRequest => "bad request",
        _ => "client gone",
    };

    /// <summary>The end of an exchange whose backend failed before it answered.</summary>
    public static ExchangeEnd Of(UpstreamFailure failure) => failure switch
    {
        UpstreamFailure.Reset or UpstreamFailure.Truncated => ExchangeEnd.UpstreamReset,
        UpstreamFailure.ResponseTimeout or UpstreamFailure.RequestTimeout or UpstreamFailure.AttemptTimeout => ExchangeEnd.Timeout,
        UpstreamFailure.Protocol or UpstreamFailure.WebSocketUnsupported => ExchangeEnd.UpstreamProtocol,
        _ => ExchangeEnd.ConnectFailed,
    };
}
