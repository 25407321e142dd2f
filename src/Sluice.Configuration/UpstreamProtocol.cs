namespace Sluice.Configuration;

/// <summary>What is spoken with the endpoints of a <see cref="Cluster"/>.</summary>
public enum UpstreamProtocol
{
    /// <summary>HTTP/1.1, one exchange at a time on a connection.</summary>
    Http1,

    /// <summary>HTTP/2: with prior knowledge in cleartext (RFC 9113 3.3, Service appProtocol kubernetes.io/h2c, and gRPC), by ALPN over TLS.</summary>
    Http2,
}
