namespace Sluice.Resources.Policies.Traffic;

/// <summary>Part of the name of a quota bucket.</summary>
public sealed record RateLimitQuotaBucket
{
    /// <summary>The entry's name.</summary>
    public required string Key { get; init; }

    /// <summary>Where the value is from.</summary>
    public required string Type { get; init; }

    /// <summary>With the type Generic.</summary>
    public string? Value { get; init; }

    /// <summary>With the type Header: the field's name.</summary>
    public string? Header { get; init; }
}
