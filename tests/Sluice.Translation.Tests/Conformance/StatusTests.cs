using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests.Conformance;

/// <summary>What the suite expects of statuses alone.</summary>
public sealed class StatusTests
{
    private static readonly string[] HttpRouteOnly = ["HTTPRoute"];
    private static readonly string[] HttpKinds = ["HTTPRoute", "GRPCRoute"];

    [Fact]
    public void Gateway_UnsupportedProtocol_RefusesTheListenerAlone()
    {
        var result = Translate("tests/gateway-invalid-listeners-unsupported-protocol.yaml");

        var only = result.Gateway("gateway-only-unsupported-protocols");
        Assert.Equal("False/ListenersNotValid", only.Conditions.Says("Accepted"));
        AssertUnsupported(Assert.Single(only.Listeners));
        var mixed = result.Gateway("gateway-supported-and-unsupported-protocols");
        Assert.Equal("True/ListenersNotValid", mixed.Conditions.Says("Accepted"));
        Assert.Equal("True/Programmed", mixed.Conditions.Says("Programmed"));
        Assert.Equal(2, mixed.Listeners.Count);
        Assert.Equal("True/Accepted", mixed.Listener("http").Conditions.Says("Accepted"));
        Assert.Equal(HttpKinds, Kinds(mixed.Listener("http")));
        AssertUnsupported(mixed.Listener("invalid"));

        static void AssertUnsupported(ListenerStatus listener)
        {
            Assert.Equal("False/UnsupportedProtocol", listener.Conditions.Says("Accepted"));
            Assert.Empty(listener.SupportedKinds);
            Assert.Equal(0, listener.AttachedRoutes);
        }
    }

    [Fact]
    public void Gateway_InvalidRouteKind_NamesWhatIsLeft()
    {
        var result = Translate("tests/gateway-invalid-route-kind.yaml");

        var only = result.Gateway("gateway-only-invalid-route-kind").Listener("http");
        Assert.Equal("False/InvalidRouteKinds", only.Conditions.Says("ResolvedRefs"));
        Assert.Empty(only.SupportedKinds);
        var mixed = result.Gateway("gateway-supported-and-invalid-route-kind").Listener("http");
        Assert.Equal("False/InvalidRouteKinds", mixed.Conditions.Says("ResolvedRefs"));
        Assert.Equal(HttpRouteOnly, Kinds(mixed));
    }

    [Theory]
    [InlineData("tests/gateway-invalid-tls-configuration.yaml", "gateway-certificate-", "False/InvalidCertificateRef")]
    [InlineData("tests/gateway-secret-invalid-reference-grant.yaml", "gateway-secret-invalid", "False/RefNotPermitted")]
    public void Gateway_InvalidCertificateRef_IsSaidOfTheListener(string manifest, string prefix, string expected)
    {
        var result = Translate(manifest);

        var gateways = result.Gateways.Where(pair => pair.Key.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(gateways);
        Assert.All(gateways, pair => Assert.Equal(expected, Assert.Single(pair.Value.Listeners).Conditions.Says("ResolvedRefs")));
    }

    [Theory]
    [InlineData("tests/gateway-secret-reference-grant-all-in-namespace.yaml")]
    [InlineData("tests/gateway-secret-reference-grant-specific.yaml")]
    public void Gateway_GrantedCertificateRef_Resolves(string manifest)
    {
        Suite.Require();
        var secret = TestCertificates.Secret("certificate", Suite.Web);

        var result = Suite.Translate(Suite.Load(manifest).With(secret));

        var gateways = result.Gateways.Where(pair => pair.Key.Name.StartsWith("gateway-secret-reference-grant", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(gateways);
        Assert.All(gateways, pair => Assert.Equal("True/ResolvedRefs", Assert.Single(pair.Value.Listeners).Conditions.Says("ResolvedRefs")));
    }

    [Fact]
    public void Gateway_StaticAddresses_FollowTheirTypesAndValues()
    {
        Suite.Require();
        var snapshot = Suite.Load("tests/gateway-static-addresses.yaml");
        var key = new NamespacedName(Suite.Infra, "gateway-static-addresses");
        var gateway = snapshot.Gateways[key];
        Assert.Equal("False/UnsupportedAddress", Suite.Translate(snapshot).Gateways[key].Conditions.Says("Accepted"));

        gateway = gateway with { Addresses = [.. gateway.Addresses.Skip(1)] };
        var unusable = Suite.Translate(snapshot.With(gateway)).Gateways[key];
        Assert.Equal("True/Accepted", unusable.Conditions.Says("Accepted"));
        Assert.Equal("False/AddressNotUsable", unusable.Conditions.Says("Programmed"));

        gateway = gateway with { Addresses = [.. gateway.Addresses.Skip(1)] };
        var usable = Suite.Translate(snapshot.With(gateway)).Gateways[key];
        Assert.Equal("True/Programmed", usable.Conditions.Says("Programmed"));
        Assert.Equal([new GatewayAddress("IPAddress", "127.0.0.1")], usable.Addresses);
    }

    [Fact]
    public void Gateway_AddressWithoutValue_GetsOne()
    {
        var status = Translate("tests/gateway-optional-address-value.yaml").Gateway("gateway-without-address-value");

        Assert.Equal("True/Programmed", status.Conditions.Says("Programmed"));
        Assert.Equal("IPAddress", Assert.Single(status.Addresses).Type);
    }

    [Fact]
    public void Gateway_AttachedRoutes_AreCounted()
    {
        var result = Translate("tests/gateway-with-attached-routes.yaml");

        Assert.Equal(1, result.Gateway("gateway-with-one-attached-route").Listener("http").AttachedRoutes);
        Assert.Equal(2, result.Gateway("gateway-with-two-attached-routes").Listener("http").AttachedRoutes);
        Assert.Equal("False/NoMatchingListenerHostname", result.Parents("http-route-not-accepted")[0].Conditions.Says("Accepted"));
        Assert.Equal("False/BackendNotFound", result.Parents("http-route-4")[0].Conditions.Says("ResolvedRefs"));
        Assert.False(result.Gateway("unresolved-gateway-with-one-attached-unresolved-route").Listener("tls").Conditions.Condition("ResolvedRefs").Status);
    }

    [Fact]
    public void Gateway_RouteWithSectionName_AttachesToThatListenerOnly()
    {
        var status = Translate("tests/gateway-with-attached-routes-with-port-8080.yaml").Gateway("gateway-with-two-listeners-and-one-attached-route");

        Assert.Equal(0, status.Listener("http-unattached").AttachedRoutes);
        Assert.Equal(1, status.Listener("http").AttachedRoutes);
    }

    [Theory]
    [InlineData("tests/httproute-disallowed-kind.yaml", "disallowed-kind", Suite.Infra, "False/NotAllowedByListeners", "tlsroutes-only")]
    [InlineData("tests/httproute-invalid-cross-namespace-parent-ref.yaml", "invalid-cross-namespace-parent-ref", Suite.Web, "False/NotAllowedByListeners", "same-namespace")]
    [InlineData("tests/httproute-invalid-parentref-not-matching-listener-port.yaml", "httproute-listener-not-matching-route-port", Suite.Infra, "False/NoMatchingParent", "same-namespace")]
    [InlineData("tests/httproute-invalid-parentref-not-matching-section-name.yaml", "httproute-listener-not-matching-section-name", Suite.Infra, "False/NoMatchingParent", "same-namespace")]
    public void HttpRoute_NotAccepted_SaysWhyAndIsNotCounted(string manifest, string route, string space, string accepted, string gateway)
    {
        var result = Translate(manifest);

        var parent = Assert.Single(result.Parents(route, space));
        Assert.Equal(accepted, parent.Conditions.Says("Accepted"));
        Assert.Equal("True/ResolvedRefs", parent.Conditions.Says("ResolvedRefs"));
        Assert.Equal(0, Assert.Single(result.Gateway(gateway).Listeners).AttachedRoutes);
    }

    [Fact]
    public void EveryCondition_CarriesTheGenerationThatWasSeen()
    {
        Suite.Require();
        var snapshot = Suite.Load("tests/httproute-observed-generation-bump.yaml", "tests/gatewayclass-observed-generation-bump.yaml");
        var bumped = snapshot with
        {
            Gateways = snapshot.Gateways.SetItems(snapshot.Gateways.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Metadata = pair.Value.Metadata with { Generation = 5 } }))),
            HttpRoutes = snapshot.HttpRoutes.SetItems(snapshot.HttpRoutes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Metadata = pair.Value.Metadata with { Generation = 6 } }))),
            GatewayClasses = snapshot.GatewayClasses.SetItems(snapshot.GatewayClasses.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Metadata = pair.Value.Metadata with { Generation = 7 }, ControllerName = TranslatorOptions.DefaultControllerName }))),
        };
        var translator = new Translator(new TranslatorOptions());
        translator.Translate(snapshot);

        var result = translator.Translate(bumped);

        Assert.All(result.Gateways.Values, status => Assert.All(status.Conditions.Concat(status.Listeners.SelectMany(listener => listener.Conditions)), condition => Assert.Equal(5, condition.ObservedGeneration)));
        Assert.All(result.HttpRoutes.Values, status => Assert.All(status.Parents.SelectMany(parent => parent.Conditions), condition => Assert.Equal(6, condition.ObservedGeneration)));
        Assert.All(result.GatewayClasses.Values, status => Assert.All(status.Conditions, condition => Assert.Equal(7, condition.ObservedGeneration)));
        Assert.Equal(2, result.GatewayClasses.Count);
    }

    private static TranslationResult Translate(string manifest)
    {
        Suite.Require();
        return Suite.Translate(Suite.Load(manifest));
    }

    private static IEnumerable<string> Kinds(ListenerStatus listener) => listener.SupportedKinds.Select(kind => kind.Kind);
}
