using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>Throws the rest of a response away whose request is sent again, so that the connection can be kept.</summary>
internal sealed class ResponseDrain : IResponseSink
{
    /// <summary>A longer body is not waited for: the connection is closed instead.</summary>
    public const int MaxBytes = 64 * 1024;

    public static ResponseDrain Instance { get; } = new();

    public bool IsHead => false;

    public bool IsUpgrade => false;

    public bool IsGrpc => false;

    public bool HasDeadline => false;

    public ReadOnlySpan<byte> WebSocketAccept => default;

    public bool CanTakeResponse => true;

    public StreamConnection? SpliceTarget => null;

    public void OnUpstreamDrained()
    {
    }

    public void OnInterimResponse(ResponseHead head)
    {
    }

    public void OnResponseHead(ResponseHead head)
    {
    }

    public void OnSwitched()
    {
    }

    public void OnResponseData(ReadOnlySpan<byte> data)
    {
    }

    /// <summary>Never: there is nobody to pass the body to.</summary>
    public void OnResponseSpliced(int bytes)
    {
    }

    public void OnResponseEnd(FieldSection? trailers)
    {
    }

    public void OnConnectFailed(UpstreamFailure failure, ref UnsentRequest unsent) =>
        throw new InvalidOperationException("a response that is thrown away has a connection");

    public void OnUpstreamFailed(UpstreamFailure failure, RequestFate fate)
    {
    }
}
