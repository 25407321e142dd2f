namespace Sluice.Configuration.Policies;

/// <summary>
/// A limit that a service keeps for all proxies (TrafficPolicy.spec.rateLimit.global), asked by
/// envoy.service.ratelimit.v3.RateLimitService. A request that is over it is answered with 429.
/// </summary>
public sealed record GlobalRateLimitPolicy
{
    /// <summary>Octets of an answer: 64 KiB. A larger one counts as none.</summary>
    public const int MaxResponseBytes = 64 * 1024;

    /// <summary>How long the service may take when nothing else is said: 100 ms.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Null: the limit cannot be put in force, and every request is refused with 500.</summary>
    public GrpcService? Service { get; init; }

    /// <summary>Under which the service looks for the limits.</summary>
    public required string Domain { get; init; }

    /// <summary>Requests pass when the service cannot be asked; otherwise they are answered with 500. Default true.</summary>
    public bool FailOpen { get; init; } = true;

    /// <summary>Responses say X-RateLimit-Limit, -Remaining and -Reset (draft-ietf-httpapi-ratelimit-headers-03). Default false.</summary>
    public bool SendHeaders { get; init; }

    /// <summary>What a request is counted under; any of them over its limit refuses it. One with an entry that a request has no value for is left out.</summary>
    public IReadOnlyList<RateLimitDescriptor> Descriptors { get; init; } = [];
}
