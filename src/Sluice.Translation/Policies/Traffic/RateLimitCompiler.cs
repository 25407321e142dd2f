using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.rateLimit. A policy of a Gateway or listener has one bucket for all its routes, one of a route a bucket for each route.</summary>
internal static class RateLimitCompiler
{
    public static RateLimits? Compile(RateLimitPolicy spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.Global is not null)
            surroundings.Problem($"{field}.global", "is not supported by this version; requests that it would limit are answered with 500");
        if (spec.Quota is not null)
            surroundings.Problem($"{field}.quota", "is not supported by this version; requests that it would limit are answered with 500");
        if (spec.Global is not null || spec.Quota is not null)
            return null;
        if (spec.Local?.TokenBucket is not { } bucket)
        {
            surroundings.Problem(field, "one of local, global and quota is needed");
            return null;
        }
        if (bucket.MaxTokens < 1 || bucket.TokensPerFill < 1)
        {
            surroundings.Problem($"{field}.local.tokenBucket", "maxTokens and tokensPerFill must be at least 1");
            return null;
        }
        if (bucket.FillInterval < LocalRateLimitPolicy.MinFillInterval)
        {
            surroundings.Problem($"{field}.local.tokenBucket.fillInterval", $"must be at least {LocalRateLimitPolicy.MinFillInterval.TotalMilliseconds}ms");
            return null;
        }
        return new RateLimits(new LocalRateLimitPolicy
        {
            Bucket = "",
            MaxTokens = bucket.MaxTokens,
            TokensPerFill = bucket.TokensPerFill,
            FillInterval = bucket.FillInterval,
            PercentEnabled = spec.Local.PercentEnabled,
            PercentEnforced = spec.Local.PercentEnforced,
        });
    }

    public static void Apply(RuleEffects rule, RateLimits record, PolicyUse use)
    {
        if (record.Local is { } local)
            rule.Policies = rule.Policies with { LocalRateLimits = [local with { Bucket = use.Identity }] };
    }
}
