namespace Sluice.Proxy.Tls;

/// <summary>What became of a call that moves a TLS session on.</summary>
internal enum TlsStep : byte
{
    /// <summary>More ciphertext must come.</summary>
    Waiting,

    Done,

    /// <summary>The peer has ended its side in order (close_notify).</summary>
    Ended,

    /// <summary>The session is of no use any more. An alert may wait to be sent.</summary>
    Failed,
}
