using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.RateLimits;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters.RateLimits;

public sealed class LocalRateLimitFilterTests
{
    private static readonly LocalRateLimitPolicy Policy = new() { Bucket = "a", MaxTokens = 2, TokensPerFill = 2, FillInterval = TimeSpan.FromMilliseconds(2500) };

    [Fact]
    public void Apply_OverTheLimit_Is429()
    {
        LocalRateLimitFilter filter = Create(Policy);

        Assert.Equal(FilterVerdict.Continue, FilterRun.Get().Apply(filter));
        Assert.Equal(FilterVerdict.Continue, FilterRun.Get().Apply(filter));
        FilterRun refused = FilterRun.Get();
        Assert.Equal(FilterVerdict.Deny, refused.Apply(filter));

        Assert.Equal(429, refused.Status);
        Assert.Equal("local_rate_limited", Encoding.ASCII.GetString(refused.Context.Denial!.Body));
        Assert.Null(refused.ResponseField("X-RateLimit-Limit"));
    }

    [Fact]
    public void Apply_WithHeaders_SaysWhatIsLeft()
    {
        LocalRateLimitFilter filter = Create(Policy with { SendHeaders = true });
        FilterRun first = FilterRun.Get(), third = FilterRun.Get();

        first.Apply(filter);
        FilterRun.Get().Apply(filter);
        Assert.Equal(FilterVerdict.Deny, third.Apply(filter));

        Assert.Equal(("2", "1", "3"), (first.ResponseField("X-RateLimit-Limit"), first.ResponseField("X-RateLimit-Remaining"), first.ResponseField("X-RateLimit-Reset")));
        Assert.Equal("0", third.ResponseField("X-RateLimit-Remaining"));
    }

    [Fact]
    public void Apply_EnabledForNone_CountsNothing()
    {
        LocalRateLimitFilter filter = Create(Policy with { PercentEnabled = 0, MaxTokens = 1 });

        for (int i = 0; i < 1000; i++)
            Assert.Equal(FilterVerdict.Continue, FilterRun.Get().Apply(filter));
    }

    [Fact]
    public void Apply_EnforcedForNone_NotesAndServes()
    {
        LocalRateLimitFilter filter = Create(Policy with { PercentEnforced = 0, MaxTokens = 1 });
        FilterRun.Get().Apply(filter);
        FilterRun over = FilterRun.Get();

        Assert.Equal(FilterVerdict.Continue, over.Apply(filter));

        Assert.Equal("local_rate_limited", over.Context.Shadowed);
        Assert.Null(over.Context.Denial);
    }

    [Theory]
    [InlineData(0, 1, 1000, 100, "maxTokens")]
    [InlineData(1, 0, 1000, 100, "tokensPerFill")]
    [InlineData(1, 1, 49, 100, "fillInterval")]
    [InlineData(1, 1, 50, 101, "percent")]
    [InlineData(1, 1, 50, -1, "percent")]
    public void Problem_NumbersOutOfRange_AreNamed(int max, int fill, int milliseconds, int percent, string expected) =>
        Assert.Contains(expected, LocalRateLimitFilter.Problem(new LocalRateLimitPolicy
        {
            Bucket = "a",
            MaxTokens = max,
            TokensPerFill = fill,
            FillInterval = TimeSpan.FromMilliseconds(milliseconds),
            PercentEnabled = percent,
        }));

    private static LocalRateLimitFilter Create(LocalRateLimitPolicy policy)
    {
        Assert.Null(LocalRateLimitFilter.Problem(policy));
        return new LocalRateLimitFilter(policy, new TokenBuckets().Get(policy, 1_000_000));
    }
}
