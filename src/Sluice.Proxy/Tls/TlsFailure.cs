namespace Sluice.Proxy.Tls;

/// <summary>Why TLS did not come about, or ended.</summary>
internal enum TlsFailure : byte
{
    None,

    /// <summary>The handshake took too long.</summary>
    Timeout,

    /// <summary>What came was not TLS.</summary>
    NotTls,

    /// <summary>The ClientHello is not as the RFC says.</summary>
    ClientHello,

    /// <summary>The ClientHello is longer than allowed.</summary>
    ClientHelloTooLarge,

    /// <summary>No listener, or no route, is for the server name.</summary>
    NoMatch,

    /// <summary>The route has no backend for the connection.</summary>
    NoBackend,

    /// <summary>The listener has no certificate that can be used.</summary>
    NoCertificate,

    /// <summary>The client showed no certificate, or one that is not valid.</summary>
    ClientCertificate,

    /// <summary>The endpoint's certificate is not valid, or not for the name.</summary>
    PeerCertificate,

    /// <summary>No version, cipher suite, curve or signature that both sides know.</summary>
    NothingInCommon,

    /// <summary>No application protocol that both sides know.</summary>
    ApplicationProtocol,

    /// <summary>The peer sent an alert.</summary>
    Alert,

    /// <summary>The peer closed the connection.</summary>
    Closed,

    /// <summary>The peer sent more messages of TLS itself than allowed.</summary>
    Flood,

    /// <summary>The peer broke the protocol.</summary>
    Protocol,
}
