using Sluice.Configuration;

namespace Sluice.Proxy.Routing;

/// <summary>Timeouts and retries of a rule. Rules without either have none, so that their requests need not ask.</summary>
internal sealed class RuntimePolicy
{
    private RuntimePolicy(RouteRule rule)
    {
        RequestTimeout = Milliseconds(rule.Timeouts?.Request);
        AttemptTimeout = Milliseconds(rule.Timeouts?.BackendRequest ?? rule.Retry?.PerTryTimeout);
        StreamIdleTimeout = rule.Timeouts?.StreamIdle is { } silent ? Milliseconds(silent) : -1;
        Retry = rule.Retry is { Attempts: > 0 } retry ? new RuntimeRetry(retry) : null;
    }

    /// <summary>Milliseconds for the whole exchange; 0 for no limit (<see cref="RouteTimeouts.Request"/>).</summary>
    public long RequestTimeout { get; }

    /// <summary>Milliseconds for one attempt; 0 for no limit (<see cref="RouteTimeouts.BackendRequest"/>).</summary>
    public long AttemptTimeout { get; }

    /// <summary>Milliseconds without a byte on either side; 0 for no limit, -1 for the listener's (<see cref="RouteTimeouts.StreamIdle"/>).</summary>
    public long StreamIdleTimeout { get; }

    public RuntimeRetry? Retry { get; }

    public static RuntimePolicy? Of(RouteRule rule)
    {
        if (rule.Timeouts is null && rule.Retry is null)
            return null;
        var policy = new RuntimePolicy(rule);
        return policy is { RequestTimeout: 0, AttemptTimeout: 0, StreamIdleTimeout: -1, Retry: null } ? null : policy;
    }

    /// <summary>GEP-2257 durations are whole milliseconds; zero turns a timeout off.</summary>
    private static long Milliseconds(TimeSpan? time) =>
        time is { } limit && limit > TimeSpan.Zero ? Math.Max(1, (long)limit.TotalMilliseconds) : 0;
}
