namespace Sluice.Resources.Policies.Extensions;

/// <summary>A Secret of the same namespace with the key client-secret.</summary>
public sealed record ClientSecretReference
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
