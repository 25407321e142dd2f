using Sluice.Configuration;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>retry of a TrafficPolicy, by Envoy's retry conditions.</summary>
internal static class RetryCompiler
{
    /// <summary>Null when nothing is retried.</summary>
    public static RetryPolicy? Compile(RetryPolicySettings spec, IPolicySurroundings surroundings, string field)
    {
        var conditions = RetryConditions.None;
        var grpc = new SortedSet<int>();
        var takesCodes = false;
        for (var i = 0; i < spec.RetryOn.Count; i++)
        {
            if (Condition(spec.RetryOn[i]) is { } condition)
                conditions |= condition;
            else if (GrpcStatus(spec.RetryOn[i]) is { } status)
                grpc.Add(status);
            else if (spec.RetryOn[i] == "retriable-status-codes")
                takesCodes = true;
            else
                surroundings.Problem($"{field}.retryOn[{i}]", spec.RetryOn[i] == "http3-post-connect-failure" ? "is not in force: backends are not spoken to by HTTP/3" : $"\"{spec.RetryOn[i]}\" is no condition that is known");
        }

        // Envoy looks at the codes when they are given, whether the condition is named or not.
        var codes = new SortedSet<int>();
        for (var i = 0; i < spec.StatusCodes.Count; i++)
        {
            if (spec.StatusCodes[i] is >= 400 and <= 599)
                codes.Add(spec.StatusCodes[i]);
            else
                surroundings.Problem($"{field}.statusCodes[{i}]", $"{spec.StatusCodes[i]} must be from 400 to 599");
        }
        if (takesCodes && codes.Count == 0)
            surroundings.Problem($"{field}.retryOn", "retriable-status-codes has no effect without statusCodes");
        if (spec.Attempts < 1)
            surroundings.Problem($"{field}.attempts", $"{spec.Attempts} must be at least 1; nothing is retried");
        if (spec.BackoffBaseInterval < TimeSpan.FromMilliseconds(1))
            surroundings.Problem($"{field}.backoffBaseInterval", "must be at least 1ms, which is in force");
        if (spec.Attempts < 1 || (conditions == RetryConditions.None && grpc.Count == 0 && codes.Count == 0))
            return null;
        return new RetryPolicy
        {
            Conditions = conditions,
            StatusCodes = [.. codes],
            GrpcStatusCodes = [.. grpc],
            Attempts = spec.Attempts,
            PerTryTimeout = spec.PerTryTimeout is { } time && time > TimeSpan.Zero ? time : null,
            Backoff = spec.BackoffBaseInterval < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : spec.BackoffBaseInterval,
            FullJitter = true,
        };
    }

    private static RetryConditions? Condition(string name) => name switch
    {
        "5xx" => RetryConditions.ServerError,
        "gateway-error" => RetryConditions.GatewayError,
        "reset" => RetryConditions.Reset,
        "reset-before-request" => RetryConditions.ResetBeforeRequest,
        "connect-failure" => RetryConditions.ConnectFailure,
        "envoy-ratelimited" => RetryConditions.RateLimited,
        "retriable-4xx" => RetryConditions.RetriableClientError,
        "refused-stream" => RetryConditions.RefusedStream,
        _ => null,
    };

    private static int? GrpcStatus(string name) => name switch
    {
        "cancelled" => 1,
        "deadline-exceeded" => 4,
        "resource-exhausted" => 8,
        "internal" => 13,
        "unavailable" => 14,
        _ => null,
    };
}
