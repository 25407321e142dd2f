using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// The client's side of an exchange, as the exchange drives it: an HTTP/1.1 connection, or one stream of another protocol.
/// </summary>
internal interface IDownstream
{
    /// <summary>Whether response bytes may be given now; otherwise <see cref="Exchange.OnDownstreamDrained"/> comes.</summary>
    bool CanTakeResponse { get; }

    /// <summary>The connection, when the response's body goes out as it came in, byte for byte; otherwise null.</summary>
    StreamConnection? SpliceTarget { get; }

    /// <summary>TLS of the client's connection; null in cleartext.</summary>
    TlsSession? Tls { get; }

    /// <summary>Address of the peer as text, without port.</summary>
    ReadOnlySpan<byte> ClientAddress { get; }

    int ClientPort { get; }

    /// <summary>The connection that the request came on.</summary>
    StreamConnection Connection { get; }

    HttpProtocol Protocol { get; }

    /// <summary>100 (Continue) and 103 (Early Hints) of the backend; dropped where the client could not understand them.</summary>
    void SendInterim(Exchange exchange, ResponseHead head);

    /// <summary>Whether the client can be told of a tunnel by this head (101).</summary>
    bool TakesTunnel(ResponseHead head);

    /// <summary>Passes the backend's head on. The body follows piece by piece unless the framing says there is none.</summary>
    void SendHead(Exchange exchange, ResponseHead head);

    void SendData(ReadOnlySpan<byte> data);

    /// <summary>The response is complete. Trailers is null when there are none. The exchange is over when this returns.</summary>
    void EndResponse(FieldSection? trailers);

    /// <summary>Answers without a backend. The exchange is over when this returns, unless the answer is streamed.</summary>
    void SendLocal(in LocalAnswer answer);

    /// <summary>More of the request body may be given to the backend.</summary>
    void ResumeRequest();

    /// <summary>The response has begun and cannot be completed: the client must be able to notice.</summary>
    void AbortResponse();
}
