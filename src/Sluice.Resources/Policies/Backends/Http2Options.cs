namespace Sluice.Resources.Policies.Backends;

/// <summary>HTTP/2 with endpoints.</summary>
public sealed record Http2Options
{
    /// <summary>Bytes of one stream that may be under way.</summary>
    public long? InitialStreamWindowSize { get; init; }

    /// <summary>Bytes of a connection that may be under way.</summary>
    public long? InitialConnectionWindowSize { get; init; }

    /// <summary>Streams of a connection; 1024 when absent.</summary>
    public int? MaxConcurrentStreams { get; init; }

    /// <summary>Whether a wrong message ends one exchange only.</summary>
    public bool OverrideStreamErrorOnInvalidHttpMessage { get; init; }

    /// <summary>Probes of connections.</summary>
    public Http2Keepalive? ConnectionKeepalive { get; init; }
}
