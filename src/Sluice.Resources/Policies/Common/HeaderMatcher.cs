namespace Sluice.Resources.Policies.Common;

/// <summary>A header field of a message.</summary>
public sealed record HeaderMatcher
{
    /// <summary>How value is compared.</summary>
    public string Type { get; init; } = "Exact";

    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The value or expression.</summary>
    public required string Value { get; init; }
}
