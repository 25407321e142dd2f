namespace Sluice.Resources.Policies.Backends;

/// <summary>How names of endpoints are looked up.</summary>
public sealed record DnsPolicy
{
    /// <summary>How often; 5s when absent.</summary>
    public TimeSpan? RefreshRate { get; init; }

    /// <summary>A random time that is added, at most refreshRate.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>Whether answers say how often.</summary>
    public bool RespectTtl { get; init; }
}
