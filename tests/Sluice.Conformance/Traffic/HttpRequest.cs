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
    /// <summary>HTTP/2 with prior knowledge instead of HTTP/1.1.</summary>
    public bool IsHttp2 { get; init; }
}
