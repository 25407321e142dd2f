namespace Sluice.Configuration;

/// <summary>What is tried again, by Envoy's names of retry conditions.</summary>
[Flags]
public enum RetryConditions
{
    None = 0,

    /// <summary>5xx: a status of 500 to 599, or no answer at all.</summary>
    ServerError = 1 << 0,

    /// <summary>gateway-error: 502, 503 or 504, or no answer at all.</summary>
    GatewayError = 1 << 1,

    /// <summary>reset: no answer, for whatever reason.</summary>
    Reset = 1 << 2,

    /// <summary>reset-before-request: no answer, and nothing of the request was sent.</summary>
    ResetBeforeRequest = 1 << 3,

    /// <summary>connect-failure: no connection.</summary>
    ConnectFailure = 1 << 4,

    /// <summary>envoy-ratelimited: an answer with x-envoy-ratelimited, which nothing else retries.</summary>
    RateLimited = 1 << 5,

    /// <summary>retriable-4xx: 409.</summary>
    RetriableClientError = 1 << 6,

    /// <summary>refused-stream: the backend has not looked at the request (REFUSED_STREAM).</summary>
    RefusedStream = 1 << 7,
}
