namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>What the beginning of a connection is, as a PROXY protocol header.</summary>
internal enum ProxyHeaderStatus : byte
{
    Complete,

    /// <summary>A beginning of a header; more must come.</summary>
    Partial,

    /// <summary>No header, or not as it has to be.</summary>
    Malformed,

    /// <summary>Version 2, and longer than the limit.</summary>
    TooLong,

    /// <summary>Version 2, and its checksum is that of another header.</summary>
    BadChecksum,

    /// <summary>Version 2, and about a connection that is none of TCP: a UNIX socket or datagrams.</summary>
    Unsupported,

    /// <summary>From an address that is not trusted.</summary>
    Untrusted,

    /// <summary>Not complete in time, or before the connection ended.</summary>
    Incomplete,
}
