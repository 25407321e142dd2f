using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// A request, or its beginning, that waited for a connection which did not come about. In the form of its protocol: it can be
/// given to another connection of the same cluster.
/// </summary>
internal struct UnsentRequest
{
    /// <summary>Head, body, trailers, in this order.</summary>
    public ByteQueue Bytes;

    /// <summary>How much is head; 0 where head and body are one stream of bytes (HTTP/1.1).</summary>
    public int HeadLength;

    /// <summary>How much is trailers; 0 as for the head.</summary>
    public int TrailerLength;

    public BodyFraming Framing;
}
