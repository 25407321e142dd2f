using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// A request, or its beginning, that waited for a connection which did not come about. In the form of its protocol: it can be
/// given to another connection of the same cluster.
/// </summary>
internal struct UnsentRequest
{
    /// <summary>Head, body and trailers as they would have been sent.</summary>
    public ByteQueue Bytes;

    public BodyFraming Framing;
}
