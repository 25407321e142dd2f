namespace Sluice.Resources.Policies.Common;

/// <summary>Probes of idle connections (TCP keep-alive).</summary>
public sealed record TcpKeepalive
{
    /// <summary>Unanswered probes until the connection is dead.</summary>
    public int? KeepAliveProbes { get; init; }

    /// <summary>How long a connection is idle before the first.</summary>
    public TimeSpan? KeepAliveTime { get; init; }

    /// <summary>Time between probes.</summary>
    public TimeSpan? KeepAliveInterval { get; init; }
}
