using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;
using static Sluice.Translation.Tests.Support.PolicyBuild;
using AclRule = Sluice.Resources.Policies.Traffic.AclRule;
using Spec = Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>Which of several policies holds for a rule.</summary>
public sealed class PrecedenceTests
{
    private static readonly ResourceSnapshot Shop = Snapshot(
        Class(),
        Gateway("gw", Http(), Http("other", 81)),
        Service("shop"),
        Route("shop", "gw", Rule("/", Backend("shop")) with { Name = "first" }, Rule("/two", Backend("shop")) with { Name = "second" }));

    [Fact]
    public void Translate_PolicyAtEveryLevel_TheMostSpecificHolds()
    {
        var gateway = ForTraffic("gateway", Target("Gateway", "gw")).Buffering(1);
        var listener = ForTraffic("listener", Target("Gateway", "gw", "http")).Buffering(2);
        var route = ForTraffic("route", Target("HTTPRoute", "shop")).Buffering(3);
        var rule = ForTraffic("rule", Target("HTTPRoute", "shop", "first")).Buffering(4);
        var named = ForTraffic("named").Buffering(5);
        var snapshot = Shop;
        var steps = new List<(long? Port80, long? Port81)>();
        foreach (var policy in new[] { gateway, listener, route, rule })
        {
            snapshot = snapshot.With(policy);
            steps.Add(Sizes(snapshot));
        }
        snapshot = snapshot.With(named, Route("shop", "gw", Rule("/", Backend("shop")).Naming("named") with { Name = "first" }, Rule("/two", Backend("shop")) with { Name = "second" }));
        steps.Add(Sizes(snapshot));

        Assert.Equal([(1, 1), (2, 1), (3, 3), (4, 4), (5, 5)], steps);
        Assert.Equal(3, RuleOf(new Translator(new TranslatorOptions()).Translate(snapshot), 80, "/two").Policies!.Buffer!.MaxRequestBytes);
    }

    [Fact]
    public void Translate_ListenerSet_StandsBetweenItsListenersAndTheGateway()
    {
        var gateway = Gateway("gw") with { AllowedListeners = new AllowedListeners { From = FromNamespaces.All } };
        var set = Set("set", "gw", Http("extra", 90));
        var route = Route("shop", "gw", Rule("/", Backend("shop"))) with { ParentRefs = [new ParentReference("set", Kind: "ListenerSet")] };
        var snapshot = Snapshot(Class(), gateway, set, Service("shop"), route, ForTraffic("gateway", Target("Gateway", "gw")).Buffering(1));
        var translator = new Translator(new TranslatorOptions());
        Assert.Equal(1, Size(translator.Translate(snapshot), 90));

        snapshot = snapshot.With(ForTraffic("set", Target("ListenerSet", "set")).Buffering(2));
        Assert.Equal(2, Size(translator.Translate(snapshot), 90));

        Assert.Equal(3, Size(translator.Translate(snapshot.With(ForTraffic("listener", Target("ListenerSet", "set", "extra")).Buffering(3))), 90));
    }

    [Fact]
    public void Translate_SameTarget_WeightThenAgeThenNameDecide()
    {
        var target = Target("Gateway", "gw");

        Assert.Equal(1, Size(Shop.With(ForTraffic("a", target).Buffering(1), ForTraffic("b", target).Buffering(2))));
        Assert.Equal(2, Size(Shop.With(ForTraffic("a", target).Buffering(1).Created(9), ForTraffic("b", target).Buffering(2).Created(8))));
        Assert.Equal(1, Size(Shop.With(ForTraffic("a", target).Buffering(1).Created(9, "5"), ForTraffic("b", target).Buffering(2).Created(8, "4"))));
        Assert.Equal(2, Size(Shop.With(ForTraffic("a", target).Buffering(1).Created(9, "-5"), ForTraffic("b", target).Buffering(2).Created(10))));
    }

    [Fact]
    public void Translate_PoliciesWithDifferentFields_AreMergedFieldByField()
    {
        var snapshot = Shop.With(
            ForTraffic("gateway", Target("Gateway", "gw")).Buffering(1).Limiting(10),
            ForTraffic("route", Target("HTTPRoute", "shop")).Buffering(2));

        var policies = RuleOf(Translate(snapshot), 80, "/").Policies!;

        Assert.Equal(2, policies.Buffer!.MaxRequestBytes);
        Assert.Equal(10, Assert.Single(policies.LocalRateLimits).MaxTokens);
    }

    [Fact]
    public void Translate_SpecificPolicyTurnsAFieldOff_NothingIsInherited()
    {
        var gateway = ForTraffic("gateway", Target("Gateway", "gw")).Buffering(1).Limiting(10);
        var off = ForTraffic("route", Target("HTTPRoute", "shop")).NotBuffering() with { RateLimit = new Spec.RateLimitPolicy { Local = new Spec.LocalRateLimit() } };

        Assert.Null(RuleOf(Translate(Shop.With(gateway, off)), 80, "/").Policies);
    }

    [Fact]
    public void Translate_AccessListsOfTwoLevels_AreAddedUp()
    {
        var gateway = Acl(ForTraffic("gateway", Target("Gateway", "gw")), "deny", "10.0.0.0/8") with { };
        var route = Acl(ForTraffic("route", Target("HTTPRoute", "shop")), "allow", "10.1.0.0/16");

        var acl = RuleOf(Translate(Shop.With(gateway, route)), 80, "/").Policies!.Acl!;

        Assert.Equal(["10.1.0.0/16", "10.0.0.0/8"], acl.Rules.SelectMany(rule => rule.Cidrs));
        Assert.Equal(AclAction.Allow, acl.DefaultAction);

        static Spec.TrafficPolicy Acl(Spec.TrafficPolicy policy, string action, string cidr) => policy with
        {
            Fields = ["acl"],
            Acl = new Spec.AclPolicy { DefaultAction = action, Rules = [new AclRule { Cidrs = [cidr], Action = "deny" }] },
        };
    }

    [Fact]
    public void Translate_BucketsOfGatewayAndRoute_AreSharedAndOwn()
    {
        var two = Shop.With(Route("two", "gw", Rule("/b", Backend("shop"))));

        var gateway = Translate(two.With(ForTraffic("limit", Target("Gateway", "gw")).Limiting(10)));
        var routes = Translate(two.With(ForTraffic("limit", Target("HTTPRoute", "shop"), Target("HTTPRoute", "two")).Limiting(10)));
        var listener = Translate(two.With(ForTraffic("limit", Target("Gateway", "gw", "http")).Limiting(10)));

        Assert.Equal(Bucket(gateway, "/"), Bucket(gateway, "/b"));
        Assert.Equal(Bucket(routes, "/"), Bucket(routes, "/two"));
        Assert.NotEqual(Bucket(routes, "/"), Bucket(routes, "/b"));
        Assert.Equal(Bucket(listener, "/"), Bucket(listener, "/b"));

        static string Bucket(TranslationResult result, string path) => Assert.Single(RuleOf(result, 80, path).Policies!.LocalRateLimits).Bucket;
    }

    [Fact]
    public void Translate_RouteSaysItself_FieldsOfTheGatewayApiWin()
    {
        var cors = new HttpRouteFilter { Type = "CORS", Cors = new HttpCorsFilter { AllowOrigins = ["https://own.example"] } };
        var rule = Rule("/", Backend("shop")) with { Timeouts = new HttpRouteTimeouts(TimeSpan.FromSeconds(1), null), Filters = [cors] };
        var policy = ForTraffic("route", Target("HTTPRoute", "shop")) with
        {
            Fields = ["timeouts", "cors"],
            Timeouts = new Spec.TimeoutPolicy { Request = TimeSpan.FromSeconds(9) },
            Cors = new Spec.CorsPolicySettings { AllowOrigins = ["https://policy.example"] },
        };

        var own = RuleOf(Translate(Shop.With(policy, Route("shop", "gw", rule))), 80, "/");
        var inherited = RuleOf(Translate(Shop.With(policy)), 80, "/");

        Assert.Equal((TimeSpan.FromSeconds(1), "https://own.example"), (own.Timeouts!.Request!.Value, own.Cors!.AllowOrigins[0]));
        Assert.Equal((TimeSpan.FromSeconds(9), "https://policy.example"), (inherited.Timeouts!.Request!.Value, inherited.Cors!.AllowOrigins[0]));
    }

    [Fact]
    public void Translate_Selectors_ReachWhatHasTheLabelsInTheNamespace()
    {
        var labelled = Shop.With(Route("shop", "gw", Rule("/", Backend("shop"))).Labelled("tier", "web"));
        var policy = ForTraffic("selecting").Selecting("HTTPRoute", "tier", "web").Buffering(7);
        var elsewhere = policy with { Metadata = Meta("selecting", "policies") };

        Assert.Equal(7, Size(labelled.With(policy)));
        Assert.Null(Size(Shop.With(policy)));
        Assert.Null(Size(labelled.With(elsewhere)));
        Assert.Equal(7, Size(new Translator(new TranslatorOptions { GlobalPolicyNamespace = "policies" }).Translate(labelled.With(elsewhere)), 80));
    }

    [Fact]
    public void Translate_RouteOnTwoGateways_HasThePoliciesOfEach()
    {
        var route = Route("shop", "gw", Rule("/", Backend("shop"))) with { ParentRefs = [new ParentReference("gw"), new ParentReference("second")] };
        var snapshot = Shop.With(route, Gateway("second", Http("http", 82)), ForTraffic("one", Target("Gateway", "gw")).Buffering(1), ForTraffic("two", Target("Gateway", "second")).Buffering(2));

        var result = Translate(snapshot);

        Assert.Equal((1, 2), (Size(result, 80), Size(result, 82)));
    }

    private static TranslationResult Translate(ResourceSnapshot snapshot) => new Translator(new TranslatorOptions()).Translate(snapshot);

    private static (long? Port80, long? Port81) Sizes(ResourceSnapshot snapshot)
    {
        var result = Translate(snapshot);
        return (Size(result, 80), Size(result, 81));
    }

    private static long? Size(ResourceSnapshot snapshot) => Size(Translate(snapshot), 80);

    private static long? Size(TranslationResult result, int port) => RuleOf(result, port, "/").Policies?.Buffer?.MaxRequestBytes;

    private static RouteRule RuleOf(TranslationResult result, int port, string path) => result.Configurations
        .SelectMany(configuration => configuration.Listeners)
        .Single(listener => listener.Port == port).VirtualHosts
        .SelectMany(host => host.Routes)
        .Single(entry => entry.Match.Path.Value == path).Rule;
}
