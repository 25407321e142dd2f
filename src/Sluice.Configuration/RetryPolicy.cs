namespace Sluice.Configuration;

/// <summary>
/// When a request is sent again (HTTPRouteRetry, GEP-1731). With a policy, connection errors and attempts that exceed
/// <see cref="RouteTimeouts.BackendRequest"/> are retried whatever the codes, unless <see cref="Conditions"/> say otherwise; nothing is
/// retried once the response has begun.
/// </summary>
public sealed record RetryPolicy
{
    /// <summary>Status codes of a backend that are retried, 400 to 599.</summary>
    public IReadOnlyList<int> StatusCodes { get; init; } = [];

    /// <summary>gRPC status codes, sent without a message, that are retried, 1 to 16.</summary>
    public IReadOnlyList<int> GrpcStatusCodes { get; init; } = [];

    /// <summary>Retries after the first attempt. Default 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Shortest pause before a retry; doubles from retry to retry, at most tenfold. Default 25 ms.</summary>
    public TimeSpan Backoff { get; init; } = DefaultBackoff;

    /// <summary>Null: connection errors and timeouts of attempts. Else these, and the codes, are all that is retried.</summary>
    public RetryConditions? Conditions { get; init; }

    /// <summary>How long one attempt may take. Null: as <see cref="RouteTimeouts.BackendRequest"/> says, which goes before it.</summary>
    public TimeSpan? PerTryTimeout { get; init; }

    /// <summary>
    /// The pause is drawn from zero to what <see cref="Backoff"/> has grown to, instead of that and up to half more: those who failed
    /// together come back spread out.
    /// </summary>
    public bool FullJitter { get; init; }

    public static TimeSpan DefaultBackoff { get; } = TimeSpan.FromMilliseconds(25);
}
