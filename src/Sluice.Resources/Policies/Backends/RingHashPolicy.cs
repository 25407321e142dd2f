namespace Sluice.Resources.Policies.Backends;

/// <summary>By a hash, on a ring.</summary>
public sealed record RingHashPolicy
{
    /// <summary>Places at least.</summary>
    public int? MinimumRingSize { get; init; }

    /// <summary>Places at most.</summary>
    public int? MaximumRingSize { get; init; }

    /// <summary>Whether endpoints are hashed by name.</summary>
    public bool UseHostnameForHashing { get; init; }

    /// <summary>What is hashed.</summary>
    public IReadOnlyList<HashPolicy> HashPolicies { get; init; } = [];
}
