using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.rateLimit. A policy of a Gateway or listener has one bucket for all its routes, one of a route a bucket for each route.</summary>
internal static class RateLimitCompiler
{
    public static RateLimits? Compile(RateLimitPolicy spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.Quota is not null)
        {
            surroundings.Problem($"{field}.quota", "is not supported by this version; requests that it would limit are answered with 500");
            return null;
        }
        if (spec.Local?.TokenBucket is null && spec.Global is null)
        {
            surroundings.Problem(field, "one of local, global and quota is needed");
            return null;
        }
        LocalRateLimitPolicy? local = null;
        GlobalRateLimitPolicy? global = null;
        if (spec.Local?.TokenBucket is { } bucket && (local = Local(spec.Local, bucket, surroundings, field)) is null)
            return null;
        if (spec.Global is not null && (global = GlobalRateLimitCompiler.Compile(spec.Global, surroundings, $"{field}.global")) is null)
            return null;
        return new RateLimits(local, global);
    }

    public static void Apply(RuleEffects rule, RateLimits record, PolicyUse use)
    {
        if (record.Local is { } local)
            rule.Policies = rule.Policies with { LocalRateLimits = [local with { Bucket = use.Identity }] };
        if (record.Global is { } global)
            rule.Policies = rule.Policies with { GlobalRateLimits = [global] };
    }

    private static LocalRateLimitPolicy? Local(LocalRateLimit spec, TokenBucket bucket, IPolicySurroundings surroundings, string field)
    {
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
        return new LocalRateLimitPolicy
        {
            Bucket = "",
            MaxTokens = bucket.MaxTokens,
            TokensPerFill = bucket.TokensPerFill,
            FillInterval = bucket.FillInterval,
            PercentEnabled = spec.PercentEnabled,
            PercentEnforced = spec.PercentEnforced,
        };
    }
}
