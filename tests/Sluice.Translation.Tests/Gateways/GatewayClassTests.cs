using Sluice.Resources.GatewayApi;
using Sluice.Translation.Support;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

public sealed class GatewayClassTests
{
    [Fact]
    public void SupportedFeatures_AreSortedAndUnique() =>
        Assert.Equal(SupportTable.SupportedFeatures.Distinct().Order(StringComparer.Ordinal), SupportTable.SupportedFeatures);

    [Fact]
    public void Translate_SeveralControllerNames_ClaimsEachWithItsOwnName()
    {
        var options = new TranslatorOptions { ControllerNames = [TranslatorOptions.DefaultControllerName, "example.com/second"] };
        var result = new Translator(options).Translate(Snapshot(
            Class(), Class("second", "example.com/second"), Class("third", "example.com/third"),
            Gateway("a"), Gateway("b") with { GatewayClassName = "second" }, Gateway("c") with { GatewayClassName = "third" },
            Route("b", "b", Rule("/", Backend("web"))), Route("c", "c", Rule("/", Backend("web")))));

        Assert.Equal(["a", "b"], result.Gateways.Keys.Select(key => key.Name).Order());
        Assert.Equal(2, result.GatewayClasses.Count);
        Assert.Equal("example.com/second", Assert.Single(Assert.Single(result.HttpRoutes).Value.Parents).ControllerName);
    }

    [Fact]
    public void Translate_UnknownParameters_RefusesTheClassAndItsGateways()
    {
        var result = new Translator(new TranslatorOptions()).Translate(Snapshot(
            Class() with { ParametersRef = new ParametersReference("", "ConfigMap", "settings", "default") }, Gateway("gw")));

        Assert.Equal("InvalidParameters", result.GatewayClasses[Name("sluice", "")].Conditions.Condition("Accepted").Reason);
        Assert.Equal("InvalidParameters", result.Gateways[Name("gw")].Conditions.Condition("Accepted").Reason);
        Assert.Empty(result.Configurations);
    }

    [Fact]
    public void Translate_MissingGatewayParameters_AreNoticedOnly()
    {
        var result = new Translator(new TranslatorOptions()).Translate(Snapshot(
            Class() with { ParametersRef = new ParametersReference(GatewayApiGroup.Kgateway, "GatewayParameters", "default", "system") }, Gateway("gw")));

        Assert.True(result.GatewayClasses[Name("sluice", "")].Conditions.Condition("Accepted").Status);
        Assert.Contains("\"system/default\" does not exist", Assert.Single(result.Notices).Message, StringComparison.Ordinal);
        Assert.Single(result.Configurations);
    }

    [Fact]
    public void Translate_MissingGatewayParametersInACluster_AreInvalidUntilTheyCome()
    {
        var translator = new Translator(new TranslatorOptions { RequireParameters = true });
        var snapshot = Snapshot(
            Class() with { ParametersRef = new ParametersReference(GatewayApiGroup.Kgateway, "GatewayParameters", "all", "system") },
            Gateway("gw") with { Infrastructure = new GatewayInfrastructure { ParametersRef = new ParametersReference(GatewayApiGroup.Kgateway, "GatewayParameters", "own") } });

        var nothing = translator.Translate(snapshot);
        snapshot = snapshot.With(Parameters("all", "system"));
        var ofClass = translator.Translate(snapshot);
        snapshot = snapshot.With(Parameters("own", "default"));
        var both = translator.Translate(snapshot);
        var again = translator.Translate(snapshot with { GatewayParameters = snapshot.GatewayParameters.Remove(Name("all", "system")) });

        Assert.Equal("InvalidParameters", nothing.GatewayClasses[Name("sluice", "")].Conditions.Condition("Accepted").Reason);
        Assert.Contains("GatewayClass \"sluice\" is not accepted", nothing.Gateways[Name("gw")].Conditions.Condition("Accepted").Message, StringComparison.Ordinal);
        Assert.Empty(nothing.Notices);
        Assert.True(ofClass.GatewayClasses[Name("sluice", "")].Conditions.Condition("Accepted").Status);
        Assert.Equal("InvalidParameters", ofClass.Gateways[Name("gw")].Conditions.Condition("Accepted").Reason);
        Assert.Contains("\"default/own\" does not exist", ofClass.Gateways[Name("gw")].Conditions.Condition("Accepted").Message, StringComparison.Ordinal);
        Assert.True(both.Gateways[Name("gw")].Conditions.Condition("Accepted").Status);
        Assert.Single(both.Configurations);
        Assert.Equal("InvalidParameters", again.Gateways[Name("gw")].Conditions.Condition("Accepted").Reason);
    }

    private static Resources.Kgateway.GatewayParameters Parameters(string name, string space) =>
        new() { Metadata = new Resources.ObjectMeta { Name = name, Namespace = space }, Kube = Resources.Kgateway.KubeParameters.Empty };

    [Fact]
    public void Translate_ClassNotInSnapshot_IsClaimedStandaloneAndSaidOnce()
    {
        var snapshot = Snapshot(Gateway("a"), Gateway("b", Http(port: 81)));

        Assert.Empty(new Translator(new TranslatorOptions()).Translate(snapshot).Gateways);
        var result = new Translator(new TranslatorOptions { ClaimUnknownClasses = true }).Translate(snapshot);
        Assert.Equal(2, result.Gateways.Count);
        var notice = Assert.Single(result.Notices);
        Assert.Equal("GatewayClass sluice", notice.Subject);
        Assert.False(notice.IsWarning);
    }
}
