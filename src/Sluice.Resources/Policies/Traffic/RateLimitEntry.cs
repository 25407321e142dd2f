namespace Sluice.Resources.Policies.Traffic;

/// <summary>Part of a descriptor.</summary>
public sealed record RateLimitEntry
{
    /// <summary>Where the value is from.</summary>
    public required string Type { get; init; }

    /// <summary>With the type Generic.</summary>
    public RateLimitGenericEntry? Generic { get; init; }

    /// <summary>With the type Header: the field's name.</summary>
    public string? Header { get; init; }
}
