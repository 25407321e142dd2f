namespace Sluice.Resources.Policies.Traffic;

/// <summary>A limit that each proxy keeps for itself. Without a bucket it turns off what is inherited.</summary>
public sealed record LocalRateLimit
{
    /// <summary>Null: no limit.</summary>
    public TokenBucket? TokenBucket { get; init; }

    /// <summary>Share of the requests that are counted.</summary>
    public int PercentEnabled { get; init; } = 100;

    /// <summary>Share of the requests over the limit that are refused.</summary>
    public int PercentEnforced { get; init; } = 100;
}
