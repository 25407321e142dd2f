using Sluice.Configuration.Listeners;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Telemetry.Tracing;

namespace Sluice.Proxy.Http;

/// <summary>A request on its way to a backend: what came, and what is to be made of it. Composed by the backend's protocol.</summary>
internal readonly ref struct OutgoingRequest
{
    public required RequestHead Head { get; init; }

    public required HeaderEdits Edits { get; init; }

    public required UrlRewriter? Rewrite { get; init; }

    /// <summary>How much of the path the rule's match covers (<see cref="Routing.RuntimeEntry.MatchedLength"/>).</summary>
    public required int MatchedLength { get; init; }

    /// <summary>X-Forwarded-* and Forwarded of the request are believed.</summary>
    public required bool IsTrusted { get; init; }

    /// <summary>The client's address as text.</summary>
    public required ReadOnlySpan<byte> Client { get; init; }

    /// <summary>The client's connection has TLS.</summary>
    public required bool IsSecure { get; init; }

    /// <summary>For X-Forwarded-Client-Cert; empty when no certificate of the client was verified.</summary>
    public required ReadOnlySpan<byte> ClientCertificate { get; init; }

    /// <summary>What becomes of X-Forwarded-Client-Cert of the request. Null: it is passed on when it is believed, and the proxy adds a field of its own.</summary>
    public ForwardClientCertMode? CertificateMode { get; init; }

    /// <summary>X-Forwarded-For is passed on as it came, whoever wrote it, without the client's address.</summary>
    public bool KeepsForwardedFor { get; init; }

    /// <summary>A request without X-Request-Id gets none.</summary>
    public bool HasNoRequestId { get; init; }

    /// <summary>For X-Request-Id when the request has none; the same for all copies.</summary>
    public required RequestId RequestId { get; init; }

    /// <summary>Absent when nothing is traced: contexts of clients then pass as they are.</summary>
    public TraceContext Trace { get; init; }

    /// <summary>A copy whose answer nobody hears: it does not wait for 100 (Continue).</summary>
    public bool IsMirror { get; init; }
}
