using System.Text;

namespace Sluice.Proxy.Exchanges;

/// <summary>Kinds of failures, and their names in metrics.</summary>
internal static class UpstreamFailures
{
    private static readonly byte[][] Texts = [.. Enum.GetValues<UpstreamFailure>().Select(failure => Encoding.ASCII.GetBytes(Name(failure).Replace(' ', '_')))];

    /// <summary>No connection came about: nothing was sent.</summary>
    public static bool IsConnect(UpstreamFailure failure) => failure is UpstreamFailure.Connect or UpstreamFailure.ConnectTimeout or
        UpstreamFailure.TlsHandshake or UpstreamFailure.TlsCertificate or UpstreamFailure.TlsProtocol or UpstreamFailure.TlsConfiguration;

    /// <summary>As in logs and spans.</summary>
    public static ReadOnlySpan<byte> Text(UpstreamFailure failure) => Texts[(int)failure];

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
        UpstreamFailure.TlsHandshake => "tls handshake",
        UpstreamFailure.TlsCertificate => "tls certificate",
        UpstreamFailure.TlsProtocol => "tls protocol",
        UpstreamFailure.TlsConfiguration => "tls configuration",
        _ => "truncated",
    };
}
