using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;

namespace Sluice.Proxy.Filters.Faults;

/// <summary>Makes the filters of a fault injection: first what makes a request wait, then what ends it.</summary>
internal static class FaultFilters
{
    /// <summary>The longest delay: an hour.</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromHours(1);

    /// <summary>None when a part cannot be used: faults are left out rather than guessed.</summary>
    public static IReadOnlyList<IRequestFilter> Create(FaultInjectionPolicy policy, ICollection<string> problems)
    {
        if (Problem(policy) is { } problem)
        {
            problems.Add($"faultInjection: {problem}; no fault is injected");
            return [];
        }
        var active = new ActiveFaults(policy.MaxActiveFaults);
        var filters = new List<IRequestFilter>();
        if (policy.Delay is not null || policy.ResponseRateLimit is not null)
            filters.Add(new FaultDelayFilter(policy.Delay, policy.ResponseRateLimit, active));
        if (policy.Abort is { } abort)
            filters.Add(new FaultAbortFilter(abort, active));
        return filters;
    }

    private static string? Problem(FaultInjectionPolicy policy)
    {
        if (policy.Delay is { } delay && (delay.FixedDelay <= TimeSpan.Zero || delay.FixedDelay > MaxDelay))
            return "delay.fixedDelay must be more than 0 and at most 1 h";
        if (policy.Abort is { } abort)
        {
            if (abort.HttpStatus is null == abort.GrpcStatus is null)
                return "abort needs exactly one of httpStatus and grpcStatus";
            if (abort.HttpStatus is < 200 or > 599)
                return $"abort.httpStatus {abort.HttpStatus} must be from 200 to 599";
            if (abort.GrpcStatus is < 0 or > 16)
                return $"abort.grpcStatus {abort.GrpcStatus} must be from 0 to 16";
        }
        if (policy.ResponseRateLimit is { KbitsPerSecond: < 1 })
            return "responseRateLimit.kbitsPerSecond must be 1 or more";
        if (policy.MaxActiveFaults < 0)
            return "maxActiveFaults must be 0 or more";
        int?[] percentages = [policy.Delay?.Percentage, policy.Abort?.Percentage, policy.ResponseRateLimit?.Percentage];
        return percentages.Any(percentage => percentage is < 0 or > 100) ? "percentages must be from 0 to 100" : null;
    }
}
