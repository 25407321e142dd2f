using System.Buffers.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.RateLimits;

/// <summary>Takes a token of a bucket for each request, and answers 429 when there is none.</summary>
internal sealed class LocalRateLimitFilter(LocalRateLimitPolicy policy, TokenBucket bucket) : IRequestFilter
{
    private const string Reason = "local_rate_limited";

    private static readonly FilterDenial Denial = new(429, Reason, Reason);

    public string Name => "localRateLimit";

    public FilterStage Stage => FilterStage.RateLimit;

    /// <summary>Null when the numbers can be used.</summary>
    public static string? Problem(LocalRateLimitPolicy policy)
    {
        if (policy.MaxTokens < 1)
            return $"maxTokens {policy.MaxTokens} must be 1 or more";
        if (policy.TokensPerFill < 1)
            return $"tokensPerFill {policy.TokensPerFill} must be 1 or more";
        if (policy.FillInterval < LocalRateLimitPolicy.MinFillInterval)
            return $"fillInterval {policy.FillInterval.TotalMilliseconds} ms must be {LocalRateLimitPolicy.MinFillInterval.TotalMilliseconds} ms or more";
        return policy.PercentEnabled is < 0 or > 100 || policy.PercentEnforced is < 0 or > 100 ? "percentEnabled and percentEnforced must be from 0 to 100" : null;
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        if (!context.Draw(policy.PercentEnabled))
            return FilterVerdict.Continue;
        bool taken = bucket.TryTake(context.Now, out int remaining);
        if (policy.SendHeaders)
            AddFields(context, remaining);
        if (taken)
            return FilterVerdict.Continue;
        if (context.Draw(policy.PercentEnforced))
            return context.Deny(Denial);
        context.Shadow(Reason);
        return FilterVerdict.Continue;
    }

    private void AddFields(FilterContext context, int remaining)
    {
        Add(context, "X-RateLimit-Limit"u8, bucket.MaxTokens);
        Add(context, "X-RateLimit-Remaining"u8, remaining);
        Add(context, "X-RateLimit-Reset"u8, (bucket.UntilFill(context.Now) + 999) / 1000);
    }

    private static void Add(FilterContext context, ReadOnlySpan<byte> name, long number)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, text, out int length);
        context.AddResponseField(name, text[..length]);
    }
}
