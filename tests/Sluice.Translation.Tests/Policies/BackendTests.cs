using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Policies;

public sealed class BackendTests
{
    private static readonly HttpBackendRef Reference = new() { Group = GatewayApiGroup.Kgateway, Kind = "Backend", Name = "web" };
    private static readonly ResourceSnapshot Shop = Snapshot(Class(), Gateway("gw"), Route("shop", "gw", Rule("/", Reference)));
    private readonly Translator _translator = new(new TranslatorOptions());

    [Fact]
    public void Translate_StaticBackend_IsAClusterOfItsHosts()
    {
        var result = _translator.Translate(Shop.With(Static("10.0.0.1", "web.example.com")));

        Assert.Equal("default/web/backend", ClusterOf(result));
        Assert.Equal([new Endpoint("10.0.0.1", 8080), new Endpoint("web.example.com", 8080)], Assert.Single(result.Configurations[0].Clusters).Endpoints);
        Assert.True(result.Backends[Name("web")].Conditions[0].Status);
    }

    [Fact]
    public void Translate_HostsChange_ReplaceTheClusterAlone()
    {
        var before = _translator.Translate(Shop.With(Static("10.0.0.1")));

        var after = _translator.Translate(Shop.With(Static("10.0.0.2")));

        Assert.Same(before.Configurations[0].Listeners, after.Configurations[0].Listeners);
        Assert.Equal("10.0.0.2", after.Configurations[0].Clusters[0].Endpoints[0].Address);
    }

    [Fact]
    public void Translate_BackendIsNotThere_RouteSaysSo()
    {
        var result = _translator.Translate(Shop);

        Assert.Null(ClusterOf(result));
        Assert.Equal("BackendNotFound", result.HttpRoutes[Name("shop")].Parents[0].Conditions.Condition("ResolvedRefs").Reason);
        Assert.Equal("default/web/backend", ClusterOf(_translator.Translate(Shop.With(Static("10.0.0.1")))));
        Assert.Null(ClusterOf(_translator.Translate(Shop)));
    }

    [Fact]
    public void Translate_BackendOfAnotherNamespace_NeedsAGrant()
    {
        var snapshot = Shop.With(Route("shop", "gw", Rule("/", Reference with { Namespace = "other" })), Static("10.0.0.1") with { Metadata = Meta("web", "other") });
        var grant = new ReferenceGrant
        {
            Metadata = Meta("grant", "other"),
            From = [new ReferenceGrantFrom(GatewayApiGroup.Name, "HTTPRoute", Space)],
            To = [new ReferenceGrantTo(GatewayApiGroup.Kgateway, "Backend", null)],
        };

        Assert.Null(ClusterOf(_translator.Translate(snapshot)));
        Assert.Equal("other/web/backend", ClusterOf(_translator.Translate(snapshot.With(grant))));
    }

    [Fact]
    public void Translate_UnsupportedType_AnswersServerErrorAndSaysSo()
    {
        var gcp = new Backend { Metadata = Meta("web"), Fields = ["gcp"], Gcp = new GcpBackend { Host = "run.example" } };

        var result = _translator.Translate(Shop.With(gcp));

        var accepted = result.Backends[gcp.Key].Conditions[0];
        if (accepted.Status)
            Assert.NotNull(ClusterOf(result));
        else
            Assert.Equal((null, "Invalid"), (ClusterOf(result), accepted.Reason));
    }

    [Fact]
    public void Translate_NeitherOfTheTypes_IsInvalid()
    {
        var empty = new Backend { Metadata = Meta("web"), Fields = [] };

        var accepted = _translator.Translate(Shop.With(empty)).Backends[empty.Key].Conditions[0];

        Assert.Equal((false, "Invalid"), (accepted.Status, accepted.Reason));
        Assert.Contains("must have exactly one of static", accepted.Message, StringComparison.Ordinal);
    }

    private static Backend Static(params string[] hosts) => new()
    {
        Metadata = Meta("web"),
        Fields = ["static"],
        Static = new StaticBackend { Hosts = [.. hosts.Select(host => new StaticHost { Host = host, Port = 8080 })] },
    };

    private static string? ClusterOf(TranslationResult result) =>
        Assert.Single(Assert.IsType<ForwardAction>(result.Configurations[0].Listeners[0].VirtualHosts[0].Routes[0].Rule.Action).Backends).Cluster;
}
