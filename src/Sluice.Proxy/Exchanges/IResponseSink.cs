using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>What takes a response from the backend's side: an <see cref="Exchange"/>, or something that throws it away.</summary>
internal interface IResponseSink
{
    /// <summary>The request was HEAD: whatever its fields say, the response has no body.</summary>
    bool IsHead { get; }

    /// <summary>The backend was asked for a WebSocket.</summary>
    bool IsUpgrade { get; }

    /// <summary>What the client expects in Sec-WebSocket-Accept, when the backend's protocol has no such field; else empty.</summary>
    ReadOnlySpan<byte> WebSocketAccept { get; }

    /// <summary>gRPC, whose messages come whenever they like: a pause in the body may last as long as one in a tunnel.</summary>
    bool IsGrpc { get; }

    /// <summary>The client has said how long it waits for the answer, and the callee sees to that.</summary>
    bool HasDeadline { get; }

    /// <summary>Whether response bytes may be given now; otherwise <see cref="IUpstream.ResumeResponse"/> comes.</summary>
    bool CanTakeResponse { get; }

    /// <summary>The connection that may be given the bytes of the body by the kernel; otherwise null.</summary>
    StreamConnection? SpliceTarget { get; }

    /// <summary>The backend can take more of the request.</summary>
    void OnUpstreamDrained();

    /// <summary>The head is valid only during this call.</summary>
    void OnInterimResponse(ResponseHead head);

    /// <summary>The final head, or 101. Valid only during this call.</summary>
    void OnResponseHead(ResponseHead head);

    /// <summary>The tunnel is there, and what came with the head has been passed on.</summary>
    void OnSwitched();

    void OnResponseData(ReadOnlySpan<byte> data);

    /// <summary>Bytes of the body that the kernel passes to <see cref="SpliceTarget"/>.</summary>
    void OnResponseSpliced(int bytes);

    /// <summary>The backend's side is done with the exchange already, or will be without asking again.</summary>
    void OnResponseEnd(FieldSection? trailers);

    /// <summary>No connection came about, so nothing was sent. What waited is the callee's, to be sent elsewhere or cleared.</summary>
    void OnConnectFailed(UpstreamFailure failure, ref UnsentRequest unsent);

    /// <summary>The backend's side failed and has let go.</summary>
    void OnUpstreamFailed(UpstreamFailure failure, RequestFate fate);
}
