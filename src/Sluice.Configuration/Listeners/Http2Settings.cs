namespace Sluice.Configuration.Listeners;

/// <summary>HTTP/2 with clients; what is null is the data plane's limit. A connection keeps what it began with.</summary>
public sealed record Http2Settings
{
    /// <summary>Bytes that a client may send on a stream before they are asked for, from <see cref="MinWindow"/>: what waits of a body for a slow side.</summary>
    public int? InitialStreamWindowSize { get; init; }

    /// <summary>The same for all streams of a connection together.</summary>
    public int? InitialConnectionWindowSize { get; init; }

    /// <summary>Streams that a client may have open, from 1.</summary>
    public int? MaxConcurrentStreams { get; init; }

    /// <summary>RFC 9113 6.9.2: a connection's window begins with as many.</summary>
    public const int MinWindow = 65_535;
}
