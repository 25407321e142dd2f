namespace Sluice.Resources.Policies.Foreign;

/// <summary>A limit, and the requests that it counts.</summary>
public sealed record RateLimitRule
{
    /// <summary>One must match. Empty: requests that no other rule counts.</summary>
    public IReadOnlyList<RateLimitClientSelector> ClientSelectors { get; init; } = [];

    /// <summary>The limit.</summary>
    public required RateLimitAmount Limit { get; init; }
}
