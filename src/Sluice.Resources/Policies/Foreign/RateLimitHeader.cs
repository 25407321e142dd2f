namespace Sluice.Resources.Policies.Foreign;

/// <summary>A header field with a certain value.</summary>
public sealed record RateLimitHeader
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The whole value.</summary>
    public required string Value { get; init; }
}
