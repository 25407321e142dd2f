using System.Net;

namespace Sluice.Proxy.Local;

/// <summary>Path is without query; Query without "?". Header names are lower case, the last of a name counts.</summary>
/// <param name="Method">As sent: "GET".</param>
/// <param name="Path">As sent, percent-encoding included.</param>
/// <param name="Query">As sent; "" when there is none.</param>
/// <param name="Headers">Names in lower case.</param>
/// <param name="Body">All of it, unless the handler streams it: see <see cref="ILocalHandler.StreamsBody"/>.</param>
public sealed record LocalRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body)
{
    /// <summary>The body as it comes, for handlers that stream it; else null. For asynchronous reading only.</summary>
    public Stream? BodyStream { get; init; }

    /// <summary>Who asks: the peer's address. Its port is not known, and 0.</summary>
    public IPEndPoint? Client { get; init; }
}
