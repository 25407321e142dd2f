namespace Sluice.Resources.Policies.Backends;

/// <summary>What may be under way with a backend; more is refused with 503.</summary>
public sealed record CircuitBreakerPolicy
{
    /// <summary>Connections; 1024 when absent.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Requests that wait for one; 1024 when absent.</summary>
    public int? MaxPendingRequests { get; init; }

    /// <summary>Requests; 1024 when absent.</summary>
    public int? MaxRequests { get; init; }

    /// <summary>Retries; 3 when absent.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Whether metrics tell what is left.</summary>
    public bool TrackRemaining { get; init; }
}
