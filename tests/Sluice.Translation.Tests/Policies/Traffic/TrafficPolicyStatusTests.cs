using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;
using static Sluice.Translation.Tests.Support.PolicyBuild;
using Spec = Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Tests.Policies.Traffic;

public sealed class TrafficPolicyStatusTests
{
    private static readonly ResourceSnapshot Shop = Snapshot(
        Class(), Gateway("gw"), Gateway("idle", Http("http", 90)), Service("shop"), Route("shop", "gw", Rule("/", Backend("shop")) with { Name = "first" }));

    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_PolicyForARoute_HasItsGatewaysAsAncestors()
    {
        var status = Translate(Shop.With(ForTraffic("a", Target("HTTPRoute", "shop")).Buffering(1)))["a"];

        Assert.Equal(["Gateway default/gw: True/Valid True/Attached"], status);
    }

    [Fact]
    public void Translate_PoliciesForOneTarget_AreAttachedMergedOrOverridden()
    {
        var target = Target("Gateway", "gw");

        var overridden = Translate(Shop.With(ForTraffic("a", target).Buffering(1), ForTraffic("b", target).Buffering(2)));
        var merged = Translate(Shop.With(ForTraffic("a", target).Buffering(1), ForTraffic("b", target).Buffering(2).Limiting(3)));
        var apart = Translate(Shop.With(ForTraffic("a", target).Buffering(1), ForTraffic("b", Target("Gateway", "gw", "http")).Buffering(2)));

        Assert.Equal(["Gateway default/gw: True/Valid True/Merged"], overridden["a"]);
        Assert.Equal(["Gateway default/gw: True/Valid False/Overridden"], overridden["b"]);
        Assert.Equal(["Gateway default/gw: True/Valid True/Merged"], merged["b"]);
        Assert.Equal(["Gateway default/gw: True/Valid True/Attached"], apart["a"]);
        Assert.Equal(["Gateway default/gw: True/Valid True/Attached"], apart["b"]);
    }

    [Fact]
    public void Translate_WinnerGoes_TheOtherIsAttached()
    {
        var target = Target("Gateway", "gw");
        var one = Shop.With(ForTraffic("b", target).Buffering(2));
        Assert.Equal(["Gateway default/gw: True/Valid False/Overridden"], Translate(one.With(ForTraffic("a", target).Buffering(1)))["b"]);

        Assert.Equal(["Gateway default/gw: True/Valid True/Attached"], Translate(one)["b"]);
    }

    [Fact]
    public void Translate_TargetsThatAreNotThere_AreSaidByTheirNames()
    {
        var policy = ForTraffic("a", Target("HTTPRoute", "nowhere"), Target("Gateway", "gw", "nolistener"), Target("HTTPRoute", "shop", "norule")).Buffering(1);

        Assert.Equal(
            [
                "Gateway default/gw: False/TargetNotFound False/TargetNotFound",
                "HTTPRoute default/nowhere: False/TargetNotFound False/TargetNotFound",
                "HTTPRoute default/shop#norule: False/TargetNotFound False/TargetNotFound",
            ],
            Translate(Shop.With(policy))["a"]);
    }

    [Fact]
    public void Translate_TargetComesAndGoes_StatusFollows()
    {
        var snapshot = Shop.With(ForTraffic("a", Target("HTTPRoute", "later")).Buffering(1));
        var route = Route("later", "gw", Rule("/later", Backend("shop")));

        Assert.Equal(["HTTPRoute default/later: False/TargetNotFound False/TargetNotFound"], Translate(snapshot)["a"]);
        Assert.Equal(["Gateway default/gw: True/Valid True/Attached"], Translate(snapshot.With(route))["a"]);
        Assert.Equal(["Gateway default/idle: True/Valid True/Attached"], Translate(snapshot.With(route with { ParentRefs = [new ParentReference("idle")] }))["a"]);
        Assert.Equal(["Gateway default/gw: True/Valid False/Pending"], Translate(snapshot.With(route with { ParentRefs = [new ParentReference("gw", SectionName: "none")] }))["a"]);
        Assert.Equal(["HTTPRoute default/later: False/TargetNotFound False/TargetNotFound"], Translate(snapshot)["a"]);
    }

    [Fact]
    public void Translate_RouteOfAnotherController_PolicyHasNoStatus()
    {
        var snapshot = Shop.With(Route("foreign", "unknown", Rule("/", Backend("shop"))), ForTraffic("a", Target("HTTPRoute", "foreign")).Buffering(1));

        Assert.Empty(_translator.Translate(snapshot).TrafficPolicies);
    }

    [Fact]
    public void Translate_PolicyNamedByAFilter_HasTheGatewaysOfTheRoute()
    {
        var snapshot = Shop.With(ForTraffic("named").Buffering(1));
        Assert.False(Translate(snapshot).ContainsKey("named"));

        Assert.Equal(["Gateway default/gw: True/Valid True/Attached"], Translate(snapshot.With(Route("shop", "gw", Rule("/", Backend("shop")).Naming("named"))))["named"]);
    }

    [Fact]
    public void Translate_UnsupportedAndBrokenFields_AreNamedInTheStatus()
    {
        var half = ForTraffic("half", Target("Gateway", "gw")).Buffering(1) with { StatPrefix = "x" };
        var broken = ForTraffic("broken", Target("Gateway", "idle")).Buffering(-1);

        var result = _translator.Translate(Shop.With(half, broken));

        var accepted = result.TrafficPolicies[Name("half")].Ancestors[0].Conditions[0];
        Assert.Equal((false, "PartiallyValid"), (accepted.Status, accepted.Reason));
        Assert.Contains("statPrefix: may be set for HTTPRoute and GRPCRoute only", accepted.Message, StringComparison.Ordinal);
        accepted = result.TrafficPolicies[Name("broken")].Ancestors[0].Conditions[0];
        Assert.Equal((false, "Invalid"), (accepted.Status, accepted.Reason));
        Assert.StartsWith("buffer.maxRequestSize: ", accepted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_ForeignKindOfTarget_IsNoTarget()
    {
        var policy = ForTraffic("a", new PolicyTargetReference("", "Service", "shop")).Buffering(1);

        var ancestor = Assert.Single(_translator.Translate(Shop.With(policy)).TrafficPolicies[policy.Key].Ancestors);

        Assert.Equal(("Service", "TargetNotFound"), (ancestor.AncestorRef.Kind, ancestor.Conditions[0].Reason));
        Assert.Contains("use Gateway, ListenerSet, HTTPRoute, GRPCRoute", ancestor.Conditions[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_ManyGateways_StatusHasRoomForSixteen()
    {
        var snapshot = Shop;
        for (var i = 0; i < 20; i++)
            snapshot = snapshot.With(Gateway($"g{i}", Http("http", 100 + i)).Labelled("tier", "edge"));

        var status = _translator.Translate(snapshot.With(ForTraffic("a").Selecting("Gateway", "tier", "edge").Buffering(1))).TrafficPolicies[Name("a")];

        Assert.Equal(16, status.Ancestors.Count);
    }

    [Fact]
    public void Translate_WeightThatIsNoNumber_IsSaid()
    {
        var policy = ForTraffic("a", Target("Gateway", "gw")).Buffering(1).Created(1, "heavy");

        var accepted = _translator.Translate(Shop.With(policy)).TrafficPolicies[policy.Key].Ancestors[0].Conditions[0];

        Assert.Equal("PartiallyValid", accepted.Reason);
        Assert.Contains("\"heavy\" is no whole number", accepted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_SpecWithoutFields_IsInvalid()
    {
        var policy = new Spec.TrafficPolicy { Metadata = Meta("a"), Fields = [], TargetRefs = [Target("Gateway", "gw")] };

        Assert.Equal(["Gateway default/gw: False/Invalid True/Attached"], Translate(Shop.With(policy))["a"]);
    }

    private Dictionary<string, string[]> Translate(ResourceSnapshot snapshot) => _translator.Translate(snapshot).TrafficPolicies.ToDictionary(
        status => status.Key.Name,
        status => status.Value.Ancestors.Select(Describe).ToArray());

    private static string Describe(PolicyAncestorStatus ancestor)
    {
        var reference = ancestor.AncestorRef;
        var section = reference.SectionName is null ? "" : $"#{reference.SectionName}";
        return $"{reference.Kind} {reference.Namespace}/{reference.Name}{section}: {string.Join(' ', ancestor.Conditions.Select(condition => $"{condition.Status}/{condition.Reason}"))}";
    }
}
