namespace Sluice.Resources.Policies.Listeners;

/// <summary>HTTP/2 with clients.</summary>
public sealed record ListenerHttp2
{
    /// <summary>Bytes of one stream that may be under way.</summary>
    public long? InitialStreamWindowSize { get; init; }

    /// <summary>Bytes of a connection that may be under way.</summary>
    public long? InitialConnectionWindowSize { get; init; }

    /// <summary>Streams of a connection.</summary>
    public int? MaxConcurrentStreams { get; init; }

    /// <summary>Whether CONNECT with :protocol is taken (RFC 8441).</summary>
    public bool AllowConnect { get; init; }
}
