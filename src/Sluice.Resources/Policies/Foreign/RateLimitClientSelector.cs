namespace Sluice.Resources.Policies.Foreign;

/// <summary>Requests by their header fields.</summary>
public sealed record RateLimitClientSelector
{
    /// <summary>All must match; never empty.</summary>
    public required IReadOnlyList<RateLimitHeader> Headers { get; init; }
}
