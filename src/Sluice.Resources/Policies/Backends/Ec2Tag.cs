namespace Sluice.Resources.Policies.Backends;

/// <summary>A tag and its value.</summary>
public sealed record Ec2Tag
{
    /// <summary>The tag.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }
}
