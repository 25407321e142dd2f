using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>What takes a request from the client's side: an <see cref="Exchange"/>, or a handler inside the process.</summary>
internal interface IRequestSink
{
    /// <summary>Whether more of the body may be given now; otherwise <see cref="IDownstream.ResumeRequest"/> comes.</summary>
    bool CanTakeRequest { get; }

    void OnRequestData(ReadOnlySpan<byte> data);

    void OnRequestEnd(FieldSection? trailers);

    /// <summary>The client can take more of the response.</summary>
    void OnDownstreamDrained();

    /// <summary>The client has gone; nothing of the response is wanted any more.</summary>
    void OnDownstreamGone();

    /// <summary>The request is refused in its middle: the client's side answers it itself if it still can.</summary>
    void OnDownstreamRefused(HttpError error) => OnDownstreamGone();
}
