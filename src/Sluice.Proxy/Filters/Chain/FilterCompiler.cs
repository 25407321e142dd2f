using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Acl;
using Sluice.Proxy.Filters.ApiKeys;
using Sluice.Proxy.Filters.BasicAuth;
using Sluice.Proxy.Filters.Buffering;
using Sluice.Proxy.Filters.Csrf;
using Sluice.Proxy.Filters.Faults;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Filters.RateLimits;
using Sluice.Proxy.Filters.Rbac;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>
/// Makes the filters of a rule's policies. One that guards something and cannot be used is replaced by one that refuses everything,
/// and reported.
/// </summary>
internal static class FilterCompiler
{
    /// <param name="policies">The rule's.</param>
    /// <param name="parts">What filters share.</param>
    /// <param name="now">Milliseconds on the workers' clock.</param>
    /// <param name="problems">Gets a message for each thing that cannot be put in force.</param>
    public static List<IRequestFilter> Compile(RequestPolicies policies, FilterParts parts, long now, ICollection<string> problems)
    {
        var filters = new List<IRequestFilter>();
        if (policies.FaultInjection is { } fault)
            filters.AddRange(FaultFilters.Create(fault, problems));
        if (policies.Jwt is { } jwt)
            filters.Add(JwtFilter.Create(jwt, parts.KeySources, problems) ?? Refusing("jwt", FilterStage.Authentication));
        if (policies.BasicAuth is { } basic)
            filters.Add(BasicAuthFilter.Create(basic, parts.Passwords, problems) ?? Refusing("basicAuth", FilterStage.Authentication));
        if (policies.ApiKey is { } key)
            filters.Add(ApiKeyFilter.Create(key, problems) ?? Refusing("apiKey", FilterStage.Authentication));
        if (policies.Rbac is { } rbac)
            filters.Add(RbacFilter.Create(rbac, problems) ?? Refusing("rbac", FilterStage.Authorization));
        if (policies.Acl is { } acl)
            filters.Add(AclFilter.Create(acl, problems) ?? Refusing("acl", FilterStage.Authorization));
        foreach (LocalRateLimitPolicy limit in policies.LocalRateLimits)
            filters.Add(RateLimit(limit, parts, now, problems));
        if (policies.Csrf is { } csrf)
            filters.Add(CsrfFilter.Create(csrf, problems) ?? Refusing("csrf", FilterStage.Route));
        if (policies.Buffer is { } buffer)
            filters.Add(Buffer(buffer, problems));
        return filters;
    }

    private static IRequestFilter RateLimit(LocalRateLimitPolicy limit, FilterParts parts, long now, ICollection<string> problems)
    {
        if (LocalRateLimitFilter.Problem(limit) is not { } problem)
            return new LocalRateLimitFilter(limit, parts.Buckets.Get(limit, now));
        problems.Add($"localRateLimit: {problem}");
        return Refusing("localRateLimit", FilterStage.RateLimit);
    }

    private static IRequestFilter Buffer(BufferPolicy policy, ICollection<string> problems)
    {
        if (BufferFilter.Problem(policy) is not { } problem)
            return new BufferFilter(policy);
        problems.Add($"buffer: {problem}");
        return Refusing(BufferFilter.FilterName, FilterStage.Route);
    }

    private static IRequestFilter Refusing(string name, FilterStage stage) => new RefusingFilter(name, stage);
}
