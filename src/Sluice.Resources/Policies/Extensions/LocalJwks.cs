namespace Sluice.Resources.Policies.Extensions;

/// <summary>Keys that stand in the cluster.</summary>
public sealed record LocalJwks
{
    /// <summary>The key set as JSON.</summary>
    public string? Inline { get; init; }

    /// <summary>A ConfigMap with the key set under jwks.</summary>
    public ConfigMapReference? ConfigMapRef { get; init; }
}
