namespace Sluice.Resources.Policies.Backends;

/// <summary>Probes of connections of HTTP/2.</summary>
public sealed record Http2Keepalive
{
    /// <summary>How long the answer may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Time between probes.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>A connection that was idle as long is probed first.</summary>
    public TimeSpan? ConnectionIdleInterval { get; init; }
}
