namespace Sluice.Resources.Policies.Backends;

/// <summary>A Backend of the same namespace.</summary>
public sealed record LocalBackendReference
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
