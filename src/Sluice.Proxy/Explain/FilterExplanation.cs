namespace Sluice.Proxy.Explain;

/// <summary>One of the filters that judge a rule's requests. In lists they stand in the order in which they have their turn.</summary>
public sealed record FilterExplanation
{
    /// <summary>As metrics and live explanations name it, such as "jwt".</summary>
    public required string Name { get; init; }

    /// <summary>"Fault", "Cors", "Authentication", "Authorization", "RateLimit" or "Route".</summary>
    public required string Stage { get; init; }

    /// <summary>What it is set to, without secrets.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
