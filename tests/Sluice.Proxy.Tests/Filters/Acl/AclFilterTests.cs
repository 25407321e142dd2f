using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Acl;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.Acl;

public sealed class AclFilterTests
{
    private static readonly AclPolicy Overlapping = new()
    {
        DefaultAction = AclAction.Allow,
        Rules =
        [
            new AclRule { Name = "wide", Cidrs = ["10.0.0.0/8", "2001:db8::/32"], Action = AclAction.Deny },
            new AclRule { Name = "office", Cidrs = ["10.1.0.0/16"], Action = AclAction.Allow },
            new AclRule { Cidrs = ["10.1.2.3"], Action = AclAction.Deny },
        ],
        DenyStatusCode = 451,
        DenyHeaders = [new HeaderValue("X-Why", "policy")],
        BlockedByHeaderName = "X-Blocked-By",
    };

    [Theory]
    [InlineData("9.255.255.255", null)]
    [InlineData("10.0.0.0", "wide")]
    [InlineData("10.255.255.255", "wide")]
    [InlineData("10.1.2.2", null)]
    [InlineData("10.1.2.3", "rule 2")]
    [InlineData("11.0.0.0", null)]
    [InlineData("2001:db8:ffff::1", "wide")]
    [InlineData("2001:db9::", null)]
    [InlineData("::ffff:10.1.2.3", "rule 2")]
    public void Apply_OverlappingPrefixes_TheLongestDecides(string client, string? blockedBy)
    {
        var run = new FilterRun(TestHead.Get("/"), client);

        FilterVerdict verdict = run.Apply(Create(Overlapping));

        Assert.Equal(blockedBy is null ? FilterVerdict.Continue : FilterVerdict.Deny, verdict);
        if (blockedBy is null)
            return;
        Assert.Equal((451, $"acl_denied{{{blockedBy}}}"), (run.Status, run.Context.Denial!.Details));
        Assert.Equal("policy", run.ResponseField("X-Why"));
        Assert.Equal(blockedBy, run.ResponseField("X-Blocked-By"));
    }

    [Theory]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.0.3.1", true)]
    [InlineData("2001:db8::1", true)]
    public void Apply_DefaultDeny_LetsInWhatIsListed(string client, bool isDenied)
    {
        AclFilter filter = Create(new AclPolicy { DefaultAction = AclAction.Deny, Rules = [new AclRule { Cidrs = ["192.0.2.0/24"], Action = AclAction.Allow }] });
        var run = new FilterRun(TestHead.Get("/"), client);

        Assert.Equal(isDenied ? FilterVerdict.Deny : FilterVerdict.Continue, run.Apply(filter));
        if (isDenied)
            Assert.Equal((403, "acl_denied{default}"), (run.Status, run.Context.Denial!.Details));
    }

    [Theory]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "1.2.3.4", true)]
    [InlineData("::/0", "2001:db8::1", true)]
    public void Apply_EveryAddressOfAFamily(string cidr, string client, bool isDenied)
    {
        AclFilter filter = Create(new AclPolicy { DefaultAction = AclAction.Allow, Rules = [new AclRule { Cidrs = [cidr], Action = AclAction.Deny }] });

        Assert.Equal(isDenied ? FilterVerdict.Deny : FilterVerdict.Continue, new FilterRun(TestHead.Get("/"), client).Apply(filter));
    }

    [Fact]
    public void Apply_AClientWithoutAddress_StaysOutWhereAnybodyDoes()
    {
        Assert.Equal(FilterVerdict.Deny, new FilterRun(TestHead.Get("/"), "unix").Apply(Create(Overlapping)));
        Assert.Equal(FilterVerdict.Continue, new FilterRun(TestHead.Get("/"), "unix").Apply(Create(new AclPolicy { DefaultAction = AclAction.Allow })));
    }

    [Theory]
    [InlineData(AclAction.Allow, AclAction.Deny)]
    [InlineData(AclAction.Deny, AclAction.Allow)]
    public void Create_TheSamePrefixAllowedAndDenied_IsDenied_AndReported(AclAction first, AclAction second)
    {
        var problems = new List<string>();
        AclFilter filter = AclFilter.Create(
            new AclPolicy { DefaultAction = AclAction.Allow, Rules = [new AclRule { Cidrs = ["192.0.2.0/24"], Action = first }, new AclRule { Cidrs = ["192.0.2.0/24"], Action = second }] },
            problems)!;

        Assert.Equal(FilterVerdict.Deny, new FilterRun(TestHead.Get("/"), "192.0.2.9").Apply(filter));
        Assert.Contains("it is denied", Assert.Single(problems));
    }

    [Theory]
    [InlineData("10.0.0.0/33", "from 0 to 32")]
    [InlineData("::/129", "from 0 to 128")]
    [InlineData("10.0.0.0/-1", "from 0 to 32")]
    [InlineData("10.0.0.1/8", "the network is 10.0.0.0/8")]
    [InlineData("10.0.0", "no IP address")]
    [InlineData("fe80::1%eth0", "no IP address")]
    [InlineData("", "no IP address")]
    public void Create_WhatIsNoPrefix_RefusesTheWhole(string cidr, string expected)
    {
        var problems = new List<string>();

        Assert.Null(AclFilter.Create(new AclPolicy { DefaultAction = AclAction.Deny, Rules = [new AclRule { Cidrs = [cidr], Action = AclAction.Allow }] }, problems));

        Assert.Contains(expected, Assert.Single(problems));
    }

    [Fact]
    public void Create_StatusAndHeadersThatCannotBe_RefuseTheWhole()
    {
        AclPolicy[] policies = [Overlapping with { DenyStatusCode = 200 }, Overlapping with { BlockedByHeaderName = "a b" }, Overlapping with { DenyHeaders = [new HeaderValue("X", "a\r\nb")] }];
        foreach (AclPolicy policy in policies)
            Assert.Null(AclFilter.Create(policy, []));
    }

    private static AclFilter Create(AclPolicy policy)
    {
        var problems = new List<string>();
        AclFilter? filter = AclFilter.Create(policy, problems);
        Assert.Empty(problems);
        return filter!;
    }
}
