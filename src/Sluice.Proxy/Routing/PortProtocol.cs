namespace Sluice.Proxy.Routing;

/// <summary>How the connections of a port begin.</summary>
internal enum PortProtocol : byte
{
    /// <summary>HTTP in cleartext.</summary>
    Http,

    /// <summary>A ClientHello, whose server name chooses among listeners for HTTPS and TLS.</summary>
    Tls,

    /// <summary>Anything, and either side may speak first.</summary>
    Tcp,

    /// <summary>Datagrams.</summary>
    Udp,
}
