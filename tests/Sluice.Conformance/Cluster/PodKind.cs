namespace Sluice.Conformance.Cluster;

/// <summary>What the suite's image serves, which a variable of its container chooses.</summary>
internal enum PodKind
{
    /// <summary>HTTP/1.1, WebSocket and gRPC on 3000, HTTP/2 only on 3001, HTTPS on 8443 with a certificate.</summary>
    Http,

    /// <summary>Lines on 3000, with a certificate over TLS on 8443 too.</summary>
    Tcp,

    /// <summary>Datagrams on 8080.</summary>
    Udp,

    /// <summary>DNS on 53: not the echo, the runner itself answers.</summary>
    Dns,
}
