namespace Sluice.Resources.Policies.Traffic;

/// <summary>Limits of the number of requests.</summary>
public sealed record RateLimitPolicy
{
    /// <summary>Kept by each proxy.</summary>
    public LocalRateLimit? Local { get; init; }

    /// <summary>Kept by a service.</summary>
    public GlobalRateLimit? Global { get; init; }

    /// <summary>Assigned by a service.</summary>
    public RateLimitQuota? Quota { get; init; }
}
