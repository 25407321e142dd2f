using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Policies;

public sealed class BackendTlsPolicyTests
{
    private readonly Translator _translator = new(new TranslatorOptions());

    private readonly ResourceSnapshot _shop = Snapshot(Class(), Gateway("gw"), Service("shop", Space, 80, 81), Slice("shop", "10.0.0.1"), Route("shop", "gw", Rule("/", Backend("shop"))));

    [Fact]
    public void Translate_PolicyComesAndGoes_RuleLeadsToAnotherCluster()
    {
        Assert.Equal("default/shop:80", BackendOf(_translator.Translate(_shop)));
        Assert.Equal("default/shop:80/tls", BackendOf(_translator.Translate(_shop.With(Policy("policy", "shop")))));
        Assert.Equal("default/shop:80", BackendOf(_translator.Translate(_shop)));
    }

    [Fact]
    public void Translate_AuthoritiesComeGoAndComeBack_NothingIsEverSentWithoutThem()
    {
        var snapshot = _shop.With(Policy("policy", "shop", "ca"));

        var missing = _translator.Translate(snapshot);
        var there = _translator.Translate(snapshot.With(Authorities.Map("ca", Authorities.One)));
        var emptied = _translator.Translate(snapshot.With(Authorities.Map("ca", "")));
        var restored = _translator.Translate(snapshot.With(Authorities.Map("ca", Authorities.One)));

        Assert.Equal((null, "False/NoValidCACertificate", "False/InvalidCACertificateRef"), Describe(missing));
        Assert.Equal(("default/shop:80/tls", "True/Accepted", "True/ResolvedRefs"), Describe(there));
        Assert.Equal((null, "False/NoValidCACertificate", "False/InvalidCACertificateRef"), Describe(emptied));
        Assert.Equal(("default/shop:80/tls", "True/Accepted", "True/ResolvedRefs"), Describe(restored));
        Assert.Empty(missing.Configurations[0].Clusters);
        Assert.All(missing.HttpRoutes.Values, status => Assert.All(status.Parents[0].Conditions, condition => Assert.True(condition.Status)));
    }

    [Fact]
    public void Translate_OtherAuthorities_ReplaceTheSettingsAndNoRule()
    {
        var snapshot = _shop.With(Policy("policy", "shop", "ca"), Authorities.Map("ca", Authorities.One));
        var before = _translator.Translate(snapshot);

        var after = _translator.Translate(snapshot.With(Authorities.Map("ca", Authorities.Two)));

        Assert.Same(before.Configurations[0].Listeners, after.Configurations[0].Listeners);
        Assert.Equal([Authorities.One], Cluster(before).Tls!.CaCertificates);
        Assert.Equal([Authorities.Two], Cluster(after).Tls!.CaCertificates);
        Assert.Same(before.BackendTlsPolicies, after.BackendTlsPolicies);
    }

    [Fact]
    public void Translate_OtherEndpoints_KeepTheSettings()
    {
        var snapshot = _shop.With(Service("shop"), Policy("policy", "shop", "ca"), Authorities.Map("ca", Authorities.One));
        var before = _translator.Translate(snapshot);

        var after = _translator.Translate(snapshot.With(Slice("shop", "10.0.0.2"), Authorities.Map("other", Authorities.Two)));

        Assert.NotEqual(Cluster(before).Endpoints, Cluster(after).Endpoints);
        Assert.Same(Cluster(before).Tls, Cluster(after).Tls);
    }

    [Fact]
    public void Translate_PortAsksForTls_KeepsTheSettingsWhenEndpointsChange()
    {
        var service = Service("shop") with { Ports = [new Resources.Core.ServicePort("", 80, AppProtocol: "https")] };
        var before = _translator.Translate(_shop.With(service));

        var after = _translator.Translate(_shop.With(service, Slice("shop", "10.0.0.2")));

        Assert.Equal(new UpstreamTls { Hostname = "shop.default.svc", TrustSystem = true }, Cluster(before).Tls);
        Assert.Same(Cluster(before).Tls, Cluster(after).Tls);
        Assert.NotSame(Cluster(before), Cluster(after));
    }

    [Fact]
    public void Translate_OlderPolicyGoes_TheYoungerIsInForce()
    {
        var older = Policy("b", "shop", hostname: "older") with { Metadata = Meta("b") with { CreationTimestamp = DateTimeOffset.UnixEpoch } };
        var younger = Policy("a", "shop", hostname: "younger") with { Metadata = Meta("a") with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(1) } };
        var both = _translator.Translate(_shop.With(older, younger));

        var one = _translator.Translate(_shop.With(younger));

        Assert.Equal("older", Cluster(both).Tls!.Hostname);
        Assert.Equal("False/Conflicted", Says(both, "a", "Accepted"));
        Assert.Equal("True/Accepted", Says(both, "b", "Accepted"));
        Assert.Equal("younger", Cluster(one).Tls!.Hostname);
        Assert.Equal("True/Accepted", Says(one, "a", "Accepted"));
        Assert.False(one.BackendTlsPolicies.ContainsKey(Name("b")));
    }

    [Fact]
    public void Translate_OfThePort_ComesBeforeOfTheService()
    {
        var result = _translator.Translate(_shop.With(
            Policy("all", "shop", hostname: "all"),
            Policy("port", "shop", hostname: "port", section: "p81"),
            Route("other", "gw", Rule("/other", Backend("shop", 81)))));

        Assert.Equal(["all", "port"], result.Configurations[0].Clusters.Select(cluster => cluster.Tls!.Hostname));
        Assert.Equal("True/Accepted", Says(result, "all", "Accepted"));
        Assert.Equal("True/Accepted", Says(result, "port", "Accepted"));
    }

    [Fact]
    public void Translate_Ancestors_AreTheGatewaysWhoseRoutesUseTheService()
    {
        var snapshot = _shop.With(Policy("policy", "shop"), Gateway("second"));
        var shared = _shop.HttpRoutes[Name("shop")] with { ParentRefs = [new ParentReference("gw"), new ParentReference("second")] };

        Assert.Equal(["gw"], Ancestors(_translator.Translate(snapshot)));
        Assert.Equal(["gw", "second"], Ancestors(_translator.Translate(snapshot.With(shared))));
        Assert.Equal(["second"], Ancestors(_translator.Translate(snapshot.With(shared) with { Gateways = snapshot.Gateways.Remove(Name("gw")) })));
        Assert.Empty(_translator.Translate(snapshot.Without(shared)).BackendTlsPolicies);
    }

    [Fact]
    public void Translate_MoreGatewaysThanAStatusHasRoomFor_SaysHowManyAreLeftOut()
    {
        var many = Enumerable.Range(10, 17).Select(i => Gateway($"gw-{i}")).ToArray<KubernetesObject>();
        var shared = _shop.HttpRoutes[Name("shop")] with { ParentRefs = [.. many.Select(gateway => new ParentReference(gateway.Metadata.Name))] };
        var snapshot = Snapshot(Class(), Service("shop"), Slice("shop", "10.0.0.1"), Policy("policy", "shop")).With(many).With(shared);

        var result = _translator.Translate(snapshot);
        var fewer = _translator.Translate(snapshot with { Gateways = snapshot.Gateways.Remove(Name("gw-26")) });

        Assert.Equal(Enumerable.Range(10, 16).Select(i => $"gw-{i}"), Ancestors(result));
        var notice = Assert.Single(result.Notices, notice => notice.Subject == "BackendTLSPolicy default/policy");
        Assert.True(notice.IsWarning);
        Assert.Equal("status.ancestors: 17 Gateways use the policy, and a status has room for 16; it is in force for all of them, and one is not listed", notice.Message);
        Assert.Equal(16, Ancestors(fewer).Count());
        Assert.DoesNotContain(fewer.Notices, notice => notice.Subject == "BackendTLSPolicy default/policy");
    }

    [Fact]
    public void Translate_NewGeneration_IsObserved()
    {
        var policy = Policy("policy", "shop");
        _translator.Translate(_shop.With(policy));

        var status = _translator.Translate(_shop.With(policy with { Metadata = Meta("policy", generation: 2) })).BackendTlsPolicies[Name("policy")];

        Assert.All(status.Ancestors.SelectMany(ancestor => ancestor.Conditions), condition => Assert.Equal(2, condition.ObservedGeneration));
    }

    [Fact]
    public void Translate_ReferenceWithoutGrant_MakesNoAncestor()
    {
        var elsewhere = Policy("policy", "hidden") with { Metadata = Meta("policy", "other") };
        var route = Route("shop", "gw", Rule("/", Backend("hidden", 80, "other")));

        Assert.Empty(_translator.Translate(_shop.With(elsewhere, route, Service("hidden", "other"))).BackendTlsPolicies);
    }

    private static Cluster Cluster(TranslationResult result) => Assert.Single(Assert.Single(result.Configurations).Clusters);

    private static string? BackendOf(TranslationResult result) =>
        Assert.Single(Assert.IsType<ForwardAction>(result.Configurations[0].Listeners[0].VirtualHosts[0].Routes[0].Rule.Action).Backends).Cluster;

    private static string Says(TranslationResult result, string policy, string type)
    {
        var condition = Assert.Single(result.BackendTlsPolicies[Name(policy)].Ancestors).Conditions.Condition(type);
        return $"{condition.Status}/{condition.Reason}";
    }

    private static (string? Cluster, string Accepted, string ResolvedRefs) Describe(TranslationResult result) =>
        (BackendOf(result), Says(result, "policy", "Accepted"), Says(result, "policy", "ResolvedRefs"));

    private static IEnumerable<string> Ancestors(TranslationResult result) =>
        result.BackendTlsPolicies[Name("policy")].Ancestors.Select(ancestor => ancestor.AncestorRef.Name);
}
