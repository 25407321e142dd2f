using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// The backend's side of an exchange, as the exchange drives it: an HTTP/1.1 connection, or one stream of another protocol.
/// Belongs to its <see cref="IResponseSink"/> until the response has ended, it has failed, or it was cancelled.
/// </summary>
internal interface IUpstream
{
    /// <summary>Whether its connection served others before: the backend may just have closed it.</summary>
    bool IsReused { get; }

    /// <summary>Whether request bytes may be given now; otherwise <see cref="IResponseSink.OnUpstreamDrained"/> comes.</summary>
    bool CanTakeRequest { get; }

    /// <summary>Bytes of the request that were given and not sent yet.</summary>
    int UnsentRequestBytes { get; }

    /// <summary>Sends a head that was composed for the protocol of the cluster.</summary>
    void SendHead(ReadOnlySpan<byte> head, BodyFraming framing);

    void SendData(ReadOnlySpan<byte> data);

    /// <summary>The request is complete. Trailers is null when there are none.</summary>
    void EndRequest(FieldSection? trailers);

    /// <summary>Takes over what another connection could not send. Only right after a new connection was begun, instead of <see cref="SendHead"/>.</summary>
    void Adopt(ref UnsentRequest unsent, bool requestEnded);

    /// <summary>The client can take more of the response.</summary>
    void ResumeResponse();

    /// <summary>The response is not wanted, but may be read to its end to keep the connection.</summary>
    void Discard();

    /// <summary>The exchange is over before its time: nothing more is to be said or heard.</summary>
    void Cancel();
}
