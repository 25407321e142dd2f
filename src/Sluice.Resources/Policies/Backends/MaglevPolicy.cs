namespace Sluice.Resources.Policies.Backends;

/// <summary>By a hash, in a table.</summary>
public sealed record MaglevPolicy
{
    /// <summary>Whether endpoints are hashed by name.</summary>
    public bool UseHostnameForHashing { get; init; }

    /// <summary>What is hashed.</summary>
    public IReadOnlyList<HashPolicy> HashPolicies { get; init; } = [];
}
