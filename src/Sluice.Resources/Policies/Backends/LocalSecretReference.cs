namespace Sluice.Resources.Policies.Backends;

/// <summary>A Secret of the same namespace.</summary>
public sealed record LocalSecretReference
{
    /// <summary>The Secret's name.</summary>
    public required string Name { get; init; }
}
