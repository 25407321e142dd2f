namespace Sluice.Resources.Policies.Traffic;

/// <summary>A fixed entry of a descriptor.</summary>
public sealed record RateLimitGenericEntry
{
    /// <summary>Its name.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public required string Value { get; init; }
}
