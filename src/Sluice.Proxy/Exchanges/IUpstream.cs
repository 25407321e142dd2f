using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <summary>The backend's side of an exchange, as the exchange drives it.</summary>
internal interface IUpstream
{
    /// <summary>Whether request bytes may be given now; otherwise <see cref="Exchange.OnUpstreamDrained"/> comes.</summary>
    bool CanTakeRequest { get; }

    void SendData(ReadOnlySpan<byte> data);

    /// <summary>The request is complete. Trailers is null when there are none.</summary>
    void EndRequest(FieldSection? trailers);

    /// <summary>The client can take more of the response.</summary>
    void ResumeResponse();

    /// <summary>The exchange is over before its time: nothing more is to be said or heard.</summary>
    void Cancel();
}
