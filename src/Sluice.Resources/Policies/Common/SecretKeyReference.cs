namespace Sluice.Resources.Policies.Common;

/// <summary>Names one key of a Secret.</summary>
public sealed record SecretKeyReference
{
    /// <summary>The Secret's name.</summary>
    public required string Name { get; init; }

    /// <summary>The key in it. Null means what the field says.</summary>
    public string? Key { get; init; }

    /// <summary>Null means the policy's.</summary>
    public string? Namespace { get; init; }
}
