namespace Sluice.Proxy.Tls.Server;

/// <summary>What the first bytes of a connection are.</summary>
internal enum ClientHelloStatus : byte
{
    NeedMore,

    Complete,

    /// <summary>Something else than TLS.</summary>
    NotTls,

    /// <summary>TLS, but not as RFC 8446 writes it.</summary>
    Malformed,

    /// <summary>More than <see cref="ProxyLimits.ClientHelloBytes"/>.</summary>
    TooLarge,
}
