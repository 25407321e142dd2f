using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Exchanges;

namespace Sluice.Proxy.Telemetry.Records;

/// <summary>What the end of an exchange is in Envoy's words: flags, and details.</summary>
internal static class RecordEnds
{
    /// <param name="record">With the last failure of a backend, if there was one.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="isMultiplexed">The backend speaks HTTP/2: what it breaks off is a stream.</param>
    public static void Explain(RequestRecord record, ExchangeEnd end, bool isMultiplexed)
    {
        // A request that was refused in its middle has said so.
        if (end == ExchangeEnd.ClientGone && record.Details != ResponseDetails.None)
            return;
        record.Flags |= FlagsOf(end, isMultiplexed);
        record.Details = DetailsOf(end, record.Failure);
    }

    private static ResponseFlags FlagsOf(ExchangeEnd end, bool isMultiplexed) => end switch
    {
        ExchangeEnd.NoListener or ExchangeEnd.NoRoute or ExchangeEnd.Misdirected => ResponseFlags.NR,
        ExchangeEnd.NoBackend => ResponseFlags.NC,
        ExchangeEnd.NoEndpoint => ResponseFlags.UH,
        ExchangeEnd.ConnectFailed => ResponseFlags.UF,
        ExchangeEnd.UpstreamReset => isMultiplexed ? ResponseFlags.UR : ResponseFlags.UC,
        ExchangeEnd.Truncated => ResponseFlags.UC,
        ExchangeEnd.UpstreamProtocol => ResponseFlags.UPE,
        ExchangeEnd.Timeout => ResponseFlags.UT,
        ExchangeEnd.BadRequest => ResponseFlags.DPE,
        ExchangeEnd.ClientGone => ResponseFlags.DC,
        _ => ResponseFlags.None,
    };

    private static ResponseDetails DetailsOf(ExchangeEnd end, UpstreamFailure? failure) => end switch
    {
        ExchangeEnd.Response => ResponseDetails.ViaUpstream,
        ExchangeEnd.Redirect => ResponseDetails.Redirect,
        ExchangeEnd.DirectResponse => ResponseDetails.DirectResponse,
        ExchangeEnd.Preflight => ResponseDetails.CorsPreflight,
        ExchangeEnd.Denied => ResponseDetails.Denied,
        ExchangeEnd.NoListener or ExchangeEnd.NoRoute => ResponseDetails.RouteNotFound,
        ExchangeEnd.Misdirected => ResponseDetails.MisdirectedRequest,
        ExchangeEnd.NoBackend => ResponseDetails.NoBackend,
        ExchangeEnd.NoEndpoint => ResponseDetails.NoHealthyUpstream,
        ExchangeEnd.ConnectFailed => failure switch
        {
            UpstreamFailure.ConnectTimeout => ResponseDetails.ConnectTimeout,
            UpstreamFailure.TlsHandshake or UpstreamFailure.TlsCertificate or UpstreamFailure.TlsProtocol or UpstreamFailure.TlsConfiguration => ResponseDetails.TlsFailure,
            _ => ResponseDetails.ConnectFailure,
        },
        ExchangeEnd.UpstreamReset => ResponseDetails.UpstreamReset,
        ExchangeEnd.UpstreamProtocol => failure == UpstreamFailure.WebSocketUnsupported ? ResponseDetails.WebSocketUnsupported : ResponseDetails.UpstreamProtocolError,
        ExchangeEnd.Timeout => failure switch
        {
            UpstreamFailure.RequestTimeout => ResponseDetails.RequestTimeout,
            UpstreamFailure.AttemptTimeout => ResponseDetails.AttemptTimeout,
            _ => ResponseDetails.ResponseTimeout,
        },
        ExchangeEnd.Truncated => ResponseDetails.UpstreamTruncated,
        ExchangeEnd.BadRequest => ResponseDetails.MalformedBody,
        _ => ResponseDetails.DownstreamGone,
    };
}
