namespace Sluice.Resources.Policies.Traffic;

/// <summary>A header field of a refusal.</summary>
public sealed record AclHeader
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The field's value.</summary>
    public required string Value { get; init; }
}
