using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

public sealed class ProxyProtocolTests
{
    private const string Annotation = "sluice.dev/proxy-protocol";
    private const string Sources = "sluice.dev/proxy-protocol-trusted-sources";

    [Fact]
    public void Translate_True_HoldsForEverythingButUdp()
    {
        var result = Translate(Annotated(Gateway("gw", Http(), Http("tcp", 9000) with { Protocol = "TCP" }, Http("udp", 9000) with { Protocol = "UDP" }), "true", "10.0.0.0/8, 2001:db8::1"));

        Assert.Equal([true, true, false], result.Configurations[0].Listeners.Select(listener => listener.ProxyProtocol is not null));
        Assert.Equal(["10.0.0.0/8", "2001:db8::1"], result.Configurations[0].Listeners[0].ProxyProtocol!.TrustedSources);
        Assert.Empty(result.Notices);
    }

    [Fact]
    public void Translate_NoSources_TrustsEverybodyAndSaysSo()
    {
        var result = Translate(Annotated(Gateway("gw"), "true"));

        Assert.Empty(result.Configurations[0].Listeners[0].ProxyProtocol!.TrustedSources);
        Assert.Contains("believed from everybody", Assert.Single(result.Notices).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    [InlineData("")]
    [InlineData("other")]
    public void Translate_NotNamed_HasNone(string? value)
    {
        var result = Translate(value is null ? Gateway("gw") : Annotated(Gateway("gw"), value));

        Assert.Null(result.Configurations[0].Listeners[0].ProxyProtocol);
        Assert.Equal(value == "other" ? 1 : 0, result.Notices.Count(notice => notice.Message.Contains("there is no listener \"other\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Translate_ListenersOfOnePortDisagree_AreRefused()
    {
        var result = Translate(Annotated(Gateway("gw", Http("a", hostname: "a.example.com"), Http("b", hostname: "b.example.com"), Http("c", 81)), "a,c", "10.0.0.0/8"));

        Assert.Equal(["ProtocolConflict", "ProtocolConflict", "Accepted"], result.Gateways[Name("gw")].Listeners.Select(listener => listener.Conditions[0].Reason));
        Assert.Contains(Annotation, result.Gateways[Name("gw")].Listeners[0].Conditions[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.1/8x")]
    [InlineData("loadbalancer")]
    [InlineData("10.0.0.0/33, 1")]
    [InlineData("")]
    public void Translate_NoSourceThatIsOne_RefusesTheListenersInsteadOfTrustingAll(string sources)
    {
        var result = Translate(Annotated(Gateway("gw", Http(), Http("plain", 81)), "http", sources));

        Assert.Equal(["UnsupportedValue", "Accepted"], result.Gateways[Name("gw")].Listeners.Select(listener => listener.Conditions[0].Reason));
        Assert.Contains(Sources, result.Gateways[Name("gw")].Listeners[0].Conditions[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_OneSourceThatIsNone_IsLeftOutWithAWarning()
    {
        var result = Translate(Annotated(Gateway("gw"), "true", "10.0.0.0/8,nonsense"));

        Assert.Equal(["10.0.0.0/8"], result.Configurations[0].Listeners[0].ProxyProtocol!.TrustedSources);
        Assert.True(Assert.Single(result.Notices).IsWarning);
    }

    [Fact]
    public void Translate_SetWithoutAnnotation_GoesByItsGateway()
    {
        var gateway = Annotated(Gateway("gw", Http("a", 80, "a.example.com"), Http("b", 81)), "a", "10.0.0.0/8") with { AllowedListeners = new AllowedListeners { From = FromNamespaces.All } };

        var result = Translate(gateway, Set("s", "gw", Http("same", hostname: "s.example.com"), Http("other", 82)));

        Assert.Equal([true, false, true, false], result.Configurations[0].Listeners.Select(listener => listener.ProxyProtocol is not null));
    }

    [Fact]
    public void Translate_SetThatDisagreesWithItsGateway_Loses()
    {
        var gateway = Gateway("gw", Http("a", 80, "a.example.com")) with { AllowedListeners = new AllowedListeners { From = FromNamespaces.All } };

        var result = Translate(gateway, Annotated(Set("s", "gw", Http("same", hostname: "s.example.com"), Http("other", 82)), "true", "10.0.0.0/8"));

        Assert.Equal(["ProtocolConflict", "Accepted"], result.ListenerSets[Name("s")].Listeners.Select(listener => listener.Conditions[0].Reason));
        Assert.Equal(["a", "default/s/other"], result.Configurations[0].Listeners.Select(listener => listener.Name));
    }

    private static T Annotated<T>(T value, string proxyProtocol, string? sources = null)
        where T : KubernetesObject
    {
        var annotations = new Dictionary<string, string> { [Annotation] = proxyProtocol };
        if (sources is not null)
            annotations.Add(Sources, sources);
        return value with { Metadata = value.Metadata with { Annotations = annotations } };
    }

    private static TranslationResult Translate(params KubernetesObject[] objects) => new Translator(new TranslatorOptions()).Translate(Snapshot([Class(), .. objects]));
}
