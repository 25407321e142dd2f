using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>Throws a request body away whose request is answered already, so that the connection can be kept.</summary>
internal sealed class RequestDrain : IRequestSink
{
    public static RequestDrain Instance { get; } = new();

    public bool CanTakeRequest => true;

    public void OnRequestData(ReadOnlySpan<byte> data)
    {
    }

    public void OnRequestEnd(FieldSection? trailers)
    {
    }

    public void OnDownstreamDrained()
    {
    }

    public void OnDownstreamGone()
    {
    }
}
