namespace Sluice.Resources.Policies.Common;

/// <summary>Names a GatewayExtension.</summary>
public sealed record ExtensionReference
{
    /// <summary>The GatewayExtension's name.</summary>
    public required string Name { get; init; }

    /// <summary>Null means the policy's.</summary>
    public string? Namespace { get; init; }
}
