namespace Sluice.Resources.Policies.Listeners;

/// <summary>A fixed value.</summary>
public sealed record LiteralValue
{
    /// <summary>The value.</summary>
    public required string Value { get; init; }
}
