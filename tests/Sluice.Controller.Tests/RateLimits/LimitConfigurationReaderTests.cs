using System.Text;
using Sluice.Controller.RateLimits;

namespace Sluice.Controller.Tests.RateLimits;

public sealed class LimitConfigurationReaderTests
{
    private const string Sample = """
        domain: shop
        descriptors:
          - key: tier
            value: free
            rate_limit: {unit: minute, requests_per_unit: 10, name: free}
            descriptors:
              - key: user
                rate_limit: {unit: second, requests_per_unit: 2, replaces: [{name: free}]}
          - key: tier
            rate_limit: {unlimited: true}
          - key: code
            value: 7
            shadow_mode: true
            rate_limit: {unit: YEAR, requests_per_unit: 0}
        """;

    [Fact]
    public void Find_TheLimitAtTheEndOfAllEntries()
    {
        LimitConfiguration limits = Read(Sample);

        Assert.Equal((10, LimitUnit.Minute, "free"), Numbers(limits.Find("shop", [("tier", "free")])));
        Assert.Equal((2, LimitUnit.Second, ""), Numbers(limits.Find("shop", [("tier", "free"), ("user", "ann")])));
        Assert.Equal(["free"], limits.Find("shop", [("tier", "free"), ("user", "ann")])!.Replaces);
        Assert.True(limits.Find("shop", [("tier", "gold")])!.IsUnlimited);
        Assert.True(limits.Find("shop", [("code", "7")])!.IsShadow);
        Assert.Equal(LimitUnit.Year, limits.Find("shop", [("code", "7")])!.Unit);
        Assert.Null(limits.Find("shop", [("code", "8")]));
        Assert.Null(limits.Find("shop", [("tier", "gold"), ("user", "ann")]));
        Assert.Null(limits.Find("shop", [("user", "ann")]));
        Assert.Null(limits.Find("other", [("tier", "free")]));
    }

    [Theory]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  rate_limit:\n    unit: fortnight\n    requests_per_unit: 1\n", "limits.yaml:5: descriptors[0].rate_limit.unit: must be second, minute")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  rate_limit:\n    unit: hour\n    requests_per_unit: -1\n", "limits.yaml:6: descriptors[0].rate_limit.requests_per_unit: must be a whole number")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  rate_limit: {unit: hour, requests_per_unit: many}\n", "requests_per_unit: must be a whole number")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  rate_limit: {unit: hour}\n", "requests_per_unit: must be a whole number")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  rate_limit: {unit: hour, requests_per_unit: 1, unlimited: true}\n", "unlimited: there is a limit beside it")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  detailed_metric: true\n", "limits.yaml:4: descriptors[0].detailed_metric: is not known here")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n  shadow_mode: true\n", "shadow_mode: there is no rate_limit beside it")]
    [InlineData("domain: a\ndescriptors:\n- value: v\n", "descriptors[0].key: a key is needed")]
    [InlineData("domain: a\ndescriptors:\n- key: k\n- key: k\n", "limits.yaml:4: descriptors[1].key: \"k\" without value is there already")]
    [InlineData("domain: a\ndescriptors: no\n", "descriptors: must be a list")]
    [InlineData("domain: a\ndescriptors: [1]\n", "descriptors[0]: must be a mapping")]
    [InlineData("descriptors: []\n", "domain: a name is needed")]
    [InlineData("domain: a\n---\ndomain: a\n", "limits.yaml:3: domain: \"a\" is there already")]
    [InlineData("domain: [\n", "limits.yaml:")]
    [InlineData("", "there is no domain")]
    public void Read_WhatIsWrong_IsNamedWithItsPlace(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<LimitConfigurationException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_DescriptorsWithinEachOtherWithoutEnd_IsRefused()
    {
        var text = new StringBuilder("domain: a\n");
        for (var i = 0; i < 20; i++)
            text.Append(' ', 2 * i).Append("descriptors:\n").Append(' ', 2 * i).Append("- key: k\n");

        Assert.Contains("within each other", Assert.Throws<LimitConfigurationException>(() => Read(text.ToString())).Message, StringComparison.Ordinal);
    }

    private static LimitConfiguration Read(string text) => LimitConfigurationReader.Read([("limits.yaml", Encoding.UTF8.GetBytes(text))]);

    private static (long, LimitUnit, string) Numbers(LimitRule? rule) => (rule!.RequestsPerUnit, rule.Unit, rule.Name);
}
