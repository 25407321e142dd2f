namespace Sluice.Resources.Policies.Foreign;

/// <summary>gateway.envoyproxy.io/v1alpha1 RateLimitFilter: limits of the number of requests that all proxies keep together. Routes name it in a filter of type ExtensionRef.</summary>
public sealed record RateLimitFilter : PolicyObject
{
    public override string Kind => "RateLimitFilter";

    /// <summary>Never empty; every rule that a request matches counts it.</summary>
    public required IReadOnlyList<RateLimitRule> Rules { get; init; }
}
