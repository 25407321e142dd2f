namespace Sluice.Resources.Policies.Backends;

/// <summary>Which endpoint gets a request.</summary>
public sealed record LoadBalancerPolicy
{
    /// <summary>The one with the fewest requests.</summary>
    public LeastRequestPolicy? LeastRequest { get; init; }

    /// <summary>One after the other.</summary>
    public RoundRobinPolicy? RoundRobin { get; init; }

    /// <summary>By a hash, on a ring.</summary>
    public RingHashPolicy? RingHash { get; init; }

    /// <summary>By a hash, in a table.</summary>
    public MaglevPolicy? Maglev { get; init; }

    /// <summary>By chance.</summary>
    public bool IsRandom { get; init; }

    /// <summary>With fewer healthy than this percentage, all are used.</summary>
    public int? HealthyPanicThreshold { get; init; }

    /// <summary>Changes of endpoints within it are taken together.</summary>
    public TimeSpan UpdateMergeWindow { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether connections are closed when endpoints change.</summary>
    public bool CloseConnectionsOnHostSetChange { get; init; }

    /// <summary>Localities by their weights.</summary>
    public string? LocalityType { get; init; }

    /// <summary>Localities by nearness.</summary>
    public ZoneAwarePolicy? ZoneAware { get; init; }
}
