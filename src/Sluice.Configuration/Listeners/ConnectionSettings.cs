namespace Sluice.Configuration.Listeners;

/// <summary>
/// What is different about the client connections of a port. They are accepted before a listener is known, so that of the listeners
/// of one port the first counts that has any. A connection keeps what it was accepted with.
/// </summary>
public sealed record ConnectionSettings
{
    /// <summary>Null: connections are not probed.</summary>
    public TcpKeepalive? TcpKeepalive { get; init; }

    /// <summary>Bytes that may wait for a slow client before its backend is not read any more. Null: 64 KiB. From 1 to <see cref="MaxBufferBytes"/>.</summary>
    public int? BufferLimitBytes { get; init; }

    /// <summary>From accept to the end of a TLS handshake. Null: the data plane's limit. Above zero.</summary>
    public TimeSpan? TlsHandshakeTimeout { get; init; }

    /// <summary>The largest <see cref="BufferLimitBytes"/>: 64 MiB.</summary>
    public const int MaxBufferBytes = 64 * 1024 * 1024;
}
