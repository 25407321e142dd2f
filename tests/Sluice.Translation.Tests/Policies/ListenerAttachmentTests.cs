using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;
using static Sluice.Translation.Tests.Support.PolicyBuild;

namespace Sluice.Translation.Tests.Policies;

/// <summary>What ListenerPolicies and HTTPListenerPolicies are attached to, whatever their fields come to.</summary>
public sealed class ListenerAttachmentTests
{
    private static readonly ResourceSnapshot Shop = Snapshot(
        Class(), Gateway("gw", Http(), Http("other", 81)), Service("shop"), Route("shop", "gw", Rule("/", Backend("shop"))), Route("two", "gw", Rule("/two", Backend("shop"))));

    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_Targets_AreSaidInTheStatus()
    {
        var result = _translator.Translate(Shop.With(
            Policy("gateway", Target("Gateway", "gw")),
            Policy("listener", Target("Gateway", "gw", "other")),
            Policy("nothing", Target("Gateway", "gw", "none")),
            Policy("route", Target("HTTPRoute", "shop"))));

        Assert.Equal("Attached", Attached(result, "gateway"));
        Assert.Equal("Attached", Attached(result, "listener"));
        Assert.Equal("TargetNotFound", Attached(result, "nothing"));
        Assert.Equal("TargetNotFound", Attached(result, "route"));
    }

    [Fact]
    public void Translate_TwoForOneGateway_TheSecondIsOverridden()
    {
        var result = _translator.Translate(Shop.With(Policy("a", Target("Gateway", "gw")), Policy("b", Target("Gateway", "gw"))));

        Assert.Equal(("Merged", "Overridden"), (Attached(result, "a"), Attached(result, "b")));
        Assert.Equal("Attached", Attached(_translator.Translate(Shop.With(Policy("b", Target("Gateway", "gw")))), "b"));
    }

    [Fact]
    public void Translate_RouteChanges_ListenersKeepWhatPoliciesGaveThem()
    {
        var snapshot = Shop.With(Policy("gateway", Target("Gateway", "gw")));
        var before = _translator.Translate(snapshot);

        var after = _translator.Translate(snapshot.With(Route("two", "gw", Rule("/three", Backend("shop")))));

        Assert.Equal(before.Configurations[0].Listeners.Select(listener => listener with { VirtualHosts = [] }), after.Configurations[0].Listeners.Select(listener => listener with { VirtualHosts = [] }));
        Assert.Same(before.ListenerPolicies, after.ListenerPolicies);
    }

    [Fact]
    public void Translate_HttpListenerPolicy_HasAStatusOfItsOwn()
    {
        var policy = new HttpListenerPolicy { Metadata = Meta("http"), Fields = ["serverHeaderTransformation"], TargetRefs = [Target("Gateway", "gw")], Settings = new HttpSettings { ServerHeaderTransformation = "PassThrough" } };

        var result = _translator.Translate(Shop.With(policy));

        Assert.Equal(["gw"], result.HttpListenerPolicies[policy.Key].Ancestors.Select(ancestor => ancestor.AncestorRef.Name));
        Assert.Empty(_translator.Translate(Shop).HttpListenerPolicies);
    }

    private static ListenerPolicy Policy(string name, PolicyTargetReference target) => new()
    {
        Metadata = Meta(name),
        Fields = ["default"],
        TargetRefs = [target],
        Default = new ListenerSettings { PerConnectionBufferLimitBytes = 65536 },
    };

    private static string Attached(TranslationResult result, string name) =>
        Assert.Single(result.ListenerPolicies[Name(name)].Ancestors).Conditions.Condition("Attached").Reason;
}
