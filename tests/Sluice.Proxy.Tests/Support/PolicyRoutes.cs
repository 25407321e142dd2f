using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Tests.Support;

/// <summary>Routes with policies.</summary>
internal static class PolicyRoutes
{
    public static readonly FaultInjectionPolicy Delay = new() { Delay = new FaultDelay(TimeSpan.FromSeconds(5)) };

    public static readonly AclPolicy DenyAll = new() { DefaultAction = AclAction.Deny };

    /// <summary>Everything goes to one backend, past these policies.</summary>
    public static TestRoutes To(ScriptedBackend backend, RequestPolicies policies) => TestRoutes.All(backend.Endpoint).With(policies);

    public static TestRoutes With(this TestRoutes routes, RequestPolicies policies) => routes.With(rule => rule with { Policies = policies });

    public static RequestPolicies Limited(string bucket, int tokens) => new() { LocalRateLimits = [Limit(bucket, tokens)] };

    /// <summary>A bucket that is not filled again while a test lasts.</summary>
    public static LocalRateLimitPolicy Limit(string bucket, int tokens) => new() { Bucket = bucket, MaxTokens = tokens, FillInterval = TimeSpan.FromHours(10) };

    public static Task<TestProxy> StartAsync(this TestRoutes routes, TimeProvider? clock = null, ProxyLimits? limits = null, int workers = 1) =>
        TestProxy.StartAsync(limits ?? new ProxyLimits(), routes, workers, clock: clock);

    public static Task WaitsAsync(this ManualClock clock, int timers = 1) => Eventually.Is(timers, () => clock.Timers, "requests that wait");
}
