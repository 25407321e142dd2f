namespace Sluice.Proxy.Layer4.Udp;

/// <summary>Why a datagram was dropped.</summary>
internal enum DatagramDrop : byte
{
    /// <summary>There is no backend, its share has none, or it has no endpoints.</summary>
    NoBackend,

    /// <summary>No endpoint that was tried takes datagrams.</summary>
    Unreachable,

    /// <summary>The kernel has no room for what is to be sent.</summary>
    BufferFull,

    /// <summary>Larger than what can be sent to there.</summary>
    TooLarge,

    /// <summary>A session needs a descriptor, and the process has none left.</summary>
    NoDescriptor,

    /// <summary>From a new client, while the proxy ends.</summary>
    Draining,

    /// <summary>A reply that the client's side of the network refused.</summary>
    ReplyFailed,
}
