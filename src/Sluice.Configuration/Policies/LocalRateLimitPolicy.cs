namespace Sluice.Configuration.Policies;

/// <summary>
/// A token bucket of one proxy, shared by its workers (TrafficPolicy.spec.rateLimit.local). It starts full; each request takes a
/// token, and one without a token is answered with 429.
/// </summary>
public sealed record LocalRateLimitPolicy
{
    /// <summary>The shortest <see cref="FillInterval"/>: 50 ms.</summary>
    public static TimeSpan MinFillInterval { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Rules that name the same bucket share it: a Gateway's policy names one bucket for all routes, a route's policy one for itself.
    /// What is in it stays through changes of the configuration that leave name and numbers as they are.
    /// </summary>
    public required string Bucket { get; init; }

    /// <summary>How much the bucket holds, 1 to 2,147,483,647: the largest burst.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Tokens that come with every <see cref="FillInterval"/>. Default 1.</summary>
    public int TokensPerFill { get; init; } = 1;

    /// <summary>At least <see cref="MinFillInterval"/>.</summary>
    public required TimeSpan FillInterval { get; init; }

    /// <summary>Share of the requests that are counted, 0 to 100. Default 100.</summary>
    public int PercentEnabled { get; init; } = 100;

    /// <summary>Share of the requests over the limit that are refused, 0 to 100; the others are noted and served. Default 100.</summary>
    public int PercentEnforced { get; init; } = 100;

    /// <summary>Responses say X-RateLimit-Limit, -Remaining and -Reset (draft-ietf-httpapi-ratelimit-headers-03). Default false.</summary>
    public bool SendHeaders { get; init; }
}
