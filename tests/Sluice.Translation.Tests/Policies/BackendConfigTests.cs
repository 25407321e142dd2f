using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Policies;

public sealed class BackendConfigTests
{
    private static readonly ResourceSnapshot Shop = Snapshot(
        Class(), Gateway("gw"), Service("shop"), Service("unused"), Slice("shop", "10.0.0.1"), Route("shop", "gw", Rule("/", Backend("shop"))));

    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_PolicyComesAndGoes_ReplacesTheClusterAlone()
    {
        var before = _translator.Translate(Shop);

        var with = _translator.Translate(Shop.With(Config("a", "shop", 3)));
        var without = _translator.Translate(Shop);

        Assert.Same(before.Configurations[0].Listeners, with.Configurations[0].Listeners);
        Assert.Equal(TimeSpan.FromSeconds(3), ClusterOf(with).ConnectTimeout);
        Assert.Equal(Cluster.DefaultConnectTimeout, ClusterOf(without).ConnectTimeout);
        Assert.Same(ClusterOf(before).Endpoints, ClusterOf(without).Endpoints);
    }

    [Fact]
    public void Translate_TwoPolicies_TheOlderWinsAndTheOtherIsOverridden()
    {
        var older = Config("b", "shop", 4) with { Metadata = Meta("b") with { CreationTimestamp = DateTimeOffset.UnixEpoch } };

        var result = _translator.Translate(Shop.With(Config("a", "shop", 3), older));

        Assert.Equal(TimeSpan.FromSeconds(4), ClusterOf(result).ConnectTimeout);
        Assert.Equal(["True/Valid", "False/Overridden"], Conditions(result, "a"));
        Assert.Equal(["True/Valid", "True/Merged"], Conditions(result, "b"));
    }

    [Fact]
    public void Translate_ServiceOfNoRoute_PolicyHasNoStatus()
    {
        var result = _translator.Translate(Shop.With(Config("a", "unused", 3)));

        Assert.Empty(result.BackendConfigPolicies);
        var used = _translator.Translate(Shop.With(Config("a", "unused", 3), Route("shop", "gw", Rule("/", Backend("unused")))));
        Assert.Equal(["True/Valid", "True/Attached"], Conditions(used, "a"));
    }

    [Fact]
    public void Translate_ServiceThatIsNotThere_IsSaid()
    {
        var result = _translator.Translate(Shop.With(Config("a", "nowhere", 3)));

        var ancestor = Assert.Single(result.BackendConfigPolicies[Name("a")].Ancestors);
        Assert.Equal(("", "Service", "nowhere"), (ancestor.AncestorRef.Group, ancestor.AncestorRef.Kind, ancestor.AncestorRef.Name));
        Assert.Equal(["False/TargetNotFound", "False/TargetNotFound"], Conditions(result, "a"));
    }

    [Fact]
    public void Translate_PolicyForABackend_ChangesItsCluster()
    {
        var backend = new Backend { Metadata = Meta("web"), Fields = ["static"], Static = new StaticBackend { Hosts = [new StaticHost { Host = "10.0.0.7", Port = 80 }] } };
        var policy = Config("a", "web", 9) with { TargetRefs = [new PolicyTargetReference(GatewayApiGroup.Kgateway, "Backend", "web")] };
        var route = Route("shop", "gw", Rule("/", Backend("web") with { Group = GatewayApiGroup.Kgateway, Kind = "Backend", Port = null }));

        var result = _translator.Translate(Shop.With(backend, policy, route));

        Assert.Equal(TimeSpan.FromSeconds(9), ClusterOf(result).ConnectTimeout);
        Assert.Equal(["True/Valid", "True/Attached"], Conditions(result, "a"));
    }

    private static BackendConfigPolicy Config(string name, string service, int seconds) => new()
    {
        Metadata = Meta(name),
        Fields = ["connectTimeout"],
        TargetRefs = [new PolicyTargetReference("", "Service", service)],
        ConnectTimeout = TimeSpan.FromSeconds(seconds),
    };

    private static Cluster ClusterOf(TranslationResult result) => Assert.Single(result.Configurations[0].Clusters);

    private static IEnumerable<string> Conditions(TranslationResult result, string name) =>
        Assert.Single(result.BackendConfigPolicies[Name(name)].Ancestors).Conditions.Select(condition => $"{condition.Status}/{condition.Reason}");
}
