using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

public sealed class ListenerTests
{
    [Fact]
    public void Translate_SamePortAndHostname_RefusesBothAndNoOther()
    {
        var result = Translate(new TranslatorOptions(), Http("a", hostname: "x.example.com"), Http("b", hostname: "X.example.com"), Http("c", hostname: "y.example.com"), Http("d", 81, "x.example.com"));

        Assert.Equal(["HostnameConflict", "HostnameConflict", "Accepted", "Accepted"], Reasons(result, "Accepted"));
        Assert.Equal(["HostnameConflict", "HostnameConflict", "NoConflicts", "NoConflicts"], Reasons(result, "Conflicted"));
        Assert.Equal(["c", "d"], Assert.Single(result.Configurations).Listeners.Select(listener => listener.Name));
        Assert.Equal("not valid: a, b; accepted: c, d", result.Gateways[Name("gw")].Conditions.Condition("Accepted").Message);
    }

    [Fact]
    public void Translate_OtherProtocolOnThePort_RefusesBoth()
    {
        var result = Translate(new TranslatorOptions(), Http("a"), Http("b", hostname: "x.example.com") with { Protocol = "TLS" });

        Assert.Equal(["ProtocolConflict", "ProtocolConflict"], Reasons(result, "Accepted"));
    }

    [Theory]
    [InlineData("HTTP", "TCP", "ProtocolConflict")]
    [InlineData("TLS", "TCP", "ProtocolConflict")]
    [InlineData("TCP", "TCP", "ProtocolConflict")]
    [InlineData("UDP", "UDP", "ProtocolConflict")]
    [InlineData("HTTP", "UDP", "Accepted")]
    [InlineData("TCP", "UDP", "Accepted")]
    [InlineData("TCP", "example.com/odd", "Accepted")]
    public void Translate_ProtocolsOnOnePort_ConflictUnlessTheyDifferInTransport(string one, string other, string expected)
    {
        var result = Translate(new TranslatorOptions(), Http("a") with { Protocol = one, Tls = Passthrough(one) }, Http("b") with { Protocol = other });

        Assert.Equal(expected, Reasons(result, "Accepted").First());
        Assert.Equal(expected == "Accepted" && other == "example.com/odd" ? "UnsupportedProtocol" : expected, Reasons(result, "Accepted").Last());

        static Resources.GatewayApi.ListenerTls? Passthrough(string protocol) => protocol == "TLS" ? new() { Mode = "Passthrough" } : null;
    }

    [Fact]
    public void Translate_PortOffset_MovesWhatIsBoundOnly()
    {
        var result = Translate(new TranslatorOptions { PortOffset = 8000 }, Http("a"), Http("b", 60000));

        Assert.Equal(["Accepted", "PortUnavailable"], Reasons(result, "Accepted"));
        var listener = Assert.Single(Assert.Single(result.Configurations).Listeners);
        Assert.Equal((80, 8080), (listener.Port, listener.BindPort));
    }

    [Fact]
    public void Translate_TrustedHops_ReachTheListener() =>
        Assert.Equal(2, Translate(new TranslatorOptions { TrustedHops = 2 }, Http()).Configurations[0].Listeners[0].TrustedHops);

    [Fact]
    public void Translate_NamespacesNone_AllowsNoRoute()
    {
        var result = new Translator(new TranslatorOptions()).Translate(Snapshot(Class(), Gateway("gw", Http(from: FromNamespaces.None)), Route("web", "gw", Rule("/", Backend("web")))));

        Assert.Equal("NotAllowedByListeners", result.HttpRoutes[Name("web")].Parents[0].Conditions.Condition("Accepted").Reason);
    }

    [Fact]
    public void Translate_NamespaceGetsItsLabel_AttachesTheRoute()
    {
        var selector = new LabelSelectorOf("team", "a").Selector;
        var listener = Http() with { AllowedRoutes = new AllowedRoutes { From = FromNamespaces.Selector, Selector = selector } };
        var route = Route("web", "gw", Rule("/", Backend("web"))) with { Metadata = Meta("web", "apps"), ParentRefs = [new ParentReference("gw", Space)] };
        var snapshot = Snapshot(Class(), Gateway("gw", listener), route);
        var translator = new Translator(new TranslatorOptions());
        Assert.Equal("NotAllowedByListeners", Reason(translator.Translate(snapshot)));

        var space = new Resources.Core.Namespace { Metadata = Meta("apps", "") with { Labels = new Dictionary<string, string> { ["team"] = "a" } } };

        Assert.Equal("Accepted", Reason(translator.Translate(snapshot.With(space))));

        static string Reason(TranslationResult result) => result.HttpRoutes[Name("web", "apps")].Parents[0].Conditions.Condition("Accepted").Reason;
    }

    private static TranslationResult Translate(TranslatorOptions options, params GatewayListener[] listeners) =>
        new Translator(options).Translate(Snapshot(Class(), Gateway("gw", listeners)));

    private static IEnumerable<string> Reasons(TranslationResult result, string type) =>
        result.Gateways[Name("gw")].Listeners.Select(listener => listener.Conditions.Condition(type).Reason);

    private sealed record LabelSelectorOf(string Key, string Value)
    {
        public Resources.LabelSelector Selector => new(new Dictionary<string, string> { [Key] = Value }, []);
    }
}
