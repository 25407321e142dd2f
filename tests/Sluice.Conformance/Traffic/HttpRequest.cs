using System.Net;

namespace Sluice.Conformance.Traffic;

/// <summary>One request, ready to be sent: Target is where to connect, Authority what the Host field says.</summary>
internal sealed record HttpRequest(
    IPEndPoint Target,
    string Method,
    string Authority,
    string Path,
    IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>HTTP/2 instead of HTTP/1.1: with prior knowledge, over TLS by ALPN.</summary>
    public bool IsHttp2 { get; init; }

    /// <summary>Null without TLS. It remembers what the server asked for, so each request has its own.</summary>
    public TlsClient? Tls { get; init; }

    public string Scheme => Tls is null ? "http" : "https";
}
