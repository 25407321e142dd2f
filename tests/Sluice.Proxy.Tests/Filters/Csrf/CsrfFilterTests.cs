using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Csrf;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.Csrf;

public sealed class CsrfFilterTests
{
    private static readonly CsrfPolicy Policy = new()
    {
        AdditionalOrigins =
        [
            new StringMatch(StringMatchType.Exact, "partner.example"),
            new StringMatch(StringMatchType.Suffix, ".trusted.example"),
            new StringMatch(StringMatchType.Prefix, "DEV.", IgnoreCase: true),
            new StringMatch(StringMatchType.Contains, "-inner-"),
            new StringMatch(StringMatchType.RegularExpression, @"app[0-9]\.example:8443"),
        ],
    };

    [Theory]
    [InlineData("https://shop.example", null, true)]
    [InlineData("https://SHOP.example", null, true)]
    [InlineData("https://shop.example:443", null, true)]
    [InlineData("http://shop.example:80", null, true)]
    [InlineData("https://shop.example:8443", null, false)]
    [InlineData("https://evil.example", null, false)]
    [InlineData("https://shop.example.evil.example", null, false)]
    [InlineData("https://shop.example@evil.example", null, false)]
    [InlineData(null, null, false)]
    [InlineData("null", null, false)]
    [InlineData("", "https://shop.example/form", false)]
    [InlineData(null, "https://shop.example/form?x=1#y", true)]
    [InlineData("null", "https://shop.example/form", true)]
    [InlineData("https://evil.example", "https://shop.example/form", false)]
    [InlineData(null, "https://evil.example/https://shop.example", false)]
    [InlineData("https://partner.example", null, true)]
    [InlineData("https://partner.example.evil.example", null, false)]
    [InlineData("https://a.trusted.example", null, true)]
    [InlineData("https://dev.example", null, true)]
    [InlineData("https://a-inner-b.example", null, true)]
    [InlineData("https://app1.example:8443", null, true)]
    [InlineData("https://app12.example:8443", null, false)]
    public void Apply_APost_NeedsAnOriginThatIsAllowed(string? origin, string? referer, bool isAllowed)
    {
        FilterRun run = Request("POST", origin, referer);

        FilterVerdict verdict = run.Apply(Create(Policy));

        Assert.Equal(isAllowed ? FilterVerdict.Continue : FilterVerdict.Deny, verdict);
        if (!isAllowed)
            Assert.Equal((403, "csrf_origin_mismatch"), (run.Status, run.Reason));
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("OPTIONS", true)]
    [InlineData("PUT", false)]
    [InlineData("PATCH", false)]
    [InlineData("DELETE", false)]
    public void Apply_OnlyWhatChangesSomething(string method, bool isAllowed) =>
        Assert.Equal(isAllowed ? FilterVerdict.Continue : FilterVerdict.Deny, Request(method, "https://evil.example", null).Apply(Create(Policy)));

    [Fact]
    public void Apply_TwoOrigins_AreNone()
    {
        var run = new FilterRun(TestHead.Create("POST", "shop.example", "/", "", ("Origin", "https://shop.example"), ("Origin", "https://shop.example")));

        Assert.Equal(FilterVerdict.Deny, run.Apply(Create(Policy)));
    }

    [Theory]
    [InlineData(0, 100, "csrf_origin_mismatch")]
    [InlineData(0, 0, null)]
    public void Apply_NotEnforced_ServesAndNotes(int enabled, int shadowed, string? noted)
    {
        CsrfFilter filter = Create(new CsrfPolicy { PercentageEnabled = enabled, PercentageShadowed = shadowed });
        FilterRun run = Request("POST", "https://evil.example", null);
        for (int i = 0; i < 200; i++)
            Assert.Equal(FilterVerdict.Continue, run.Apply(filter));

        Assert.Equal(noted, run.Context.Shadowed);
    }

    [Fact]
    public void Create_WhatCannotBeUsed_IsReported()
    {
        var problems = new List<string>();

        CsrfFilter? filter = CsrfFilter.Create(
            new CsrfPolicy { AdditionalOrigins = [new StringMatch(StringMatchType.RegularExpression, "("), new StringMatch(StringMatchType.Contains, "")] }, problems);

        Assert.Equal(2, problems.Count);
        Assert.Equal(FilterVerdict.Deny, Request("POST", "https://evil.example", null).Apply(filter!));
        Assert.Null(CsrfFilter.Create(new CsrfPolicy { PercentageEnabled = 101 }, problems));
    }

    private static FilterRun Request(string method, string? origin, string? referer)
    {
        var fields = new List<(string, string)>();
        if (origin is not null)
            fields.Add(("Origin", origin));
        if (referer is not null)
            fields.Add(("Referer", referer));
        return new FilterRun(TestHead.Create(method, "shop.example", "/", "", [.. fields]));
    }

    private static CsrfFilter Create(CsrfPolicy policy)
    {
        var problems = new List<string>();
        CsrfFilter? filter = CsrfFilter.Create(policy, problems);
        Assert.Empty(problems);
        return filter!;
    }
}
