namespace Sluice.Resources.Policies.Extensions;

/// <summary>A ConfigMap of the same namespace.</summary>
public sealed record ConfigMapReference
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
