using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

/// <summary>Gateway.spec.tls: what is asked of clients, and what is shown to backends.</summary>
public sealed class FrontendTests
{
    [Fact]
    public void Translate_DefaultAndPorts_HoldForHttpsAndTerminatedTls()
    {
        var gateway = Secured(
            new FrontendTls { Default = Validation("ca"), PerPort = new Dictionary<int, FrontendValidation?> { [8443] = Validation("other", fallback: true), [9443] = null } },
            Http(),
            Https("default", null, "cert"),
            Https("own", null, "cert", 8443),
            Https("none", null, "cert", 9443),
            Https("tls", null, "cert", 7443) with { Protocol = "TLS" },
            Http("pass", 6443) with { Protocol = "TLS", Tls = new Resources.GatewayApi.ListenerTls { Mode = "Passthrough" } });

        var result = Translate(gateway, TestCertificates.Authorities("ca"), TestCertificates.Authorities("other", TestCertificates.IntermediatePem));

        var served = result.Configurations[0].Listeners.ToDictionary(listener => listener.Name, listener => listener.Tls?.ClientValidation);
        Assert.Equal(6, served.Count);
        Assert.Null(served["http"]);
        Assert.Equal([TestCertificates.RootPem], served["default"]!.CaCertificates);
        Assert.Equal(ClientValidationMode.AllowValidOnly, served["default"]!.Mode);
        Assert.Equal([TestCertificates.IntermediatePem], served["own"]!.CaCertificates);
        Assert.Equal(ClientValidationMode.AllowInsecureFallback, served["own"]!.Mode);
        Assert.Null(served["none"]);
        Assert.NotNull(served["tls"]);
        Assert.Null(served["pass"]);
        var insecure = result.Gateways[Name("gw")].Conditions.Condition("InsecureFrontendValidationMode");
        Assert.Equal((true, "ConfigurationChanged"), (insecure.Status, insecure.Reason));
        Assert.StartsWith("spec.tls.frontend.perPort[0].tls.validation.mode", insecure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConfigMap", "missing", null, "InvalidCACertificateRef")]
    [InlineData("ConfigMap", "empty", null, "InvalidCACertificateRef")]
    [InlineData("ConfigMap", "garbage", null, "InvalidCACertificateRef")]
    [InlineData("Service", "ca", null, "InvalidCACertificateKind")]
    [InlineData("ConfigMap", "ca", "elsewhere", "RefNotPermitted")]
    public void Translate_NoAuthorityLeft_RefusesTheListenersAndNoOther(string kind, string name, string? space, string expected)
    {
        var validation = new FrontendValidation { CaCertificateRefs = [new ObjectReference("", kind, name, space)] };

        var result = Translate(
            Secured(new FrontendTls { Default = validation }, Http(), Https("https", null, "cert")),
            TestCertificates.Authorities("empty", "nothing"),
            TestCertificates.Authorities("garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
            TestCertificates.Authorities("ca", space: "elsewhere"));

        var https = result.Gateways[Name("gw")].Listeners[1];
        Assert.Equal([(false, "NoValidCACertificate"), (false, "Invalid"), (false, expected)], https.Conditions.Take(3).Select(condition => (condition.Status, condition.Reason)));
        Assert.StartsWith("spec.tls.frontend.default.validation.caCertificateRefs[0]: ", https.Conditions.Condition("ResolvedRefs").Message, StringComparison.Ordinal);
        Assert.Equal(["http"], result.Configurations[0].Listeners.Select(listener => listener.Name));
    }

    [Fact]
    public void Translate_OneAuthorityOfTwo_ServesWithIt()
    {
        var validation = new FrontendValidation { CaCertificateRefs = [new ObjectReference("", "ConfigMap", "missing"), new ObjectReference("", "Secret", "issued")] };
        var issued = TestCertificates.Secret("issued");
        issued = issued with { Data = new Dictionary<string, byte[]>(issued.Data) { ["ca.crt"] = System.Text.Encoding.UTF8.GetBytes(TestCertificates.RootPem) } };

        var result = Translate(Secured(new FrontendTls { Default = validation }, Https("https", null, "cert")), issued);

        Assert.Equal([TestCertificates.RootPem], result.Configurations[0].Listeners[0].Tls!.ClientValidation!.CaCertificates);
        Assert.Equal([(true, "Accepted"), (false, "Pending"), (false, "InvalidCACertificateRef")], result.Gateways[Name("gw")].Listeners[0].Conditions.Take(3).Select(condition => (condition.Status, condition.Reason)));
    }

    [Fact]
    public void Translate_AuthorityComes_ServesTheListenersOfSetsToo()
    {
        var translator = new Translator(new TranslatorOptions());
        var gateway = Secured(new FrontendTls { Default = Validation("ca") }, Http(), Https("https", null, "cert"));
        var snapshot = Snapshot(Class(), gateway, TestCertificates.Secret("cert"), Set("s", "gw", Https("h", "set.example.com", "cert")));
        var without = translator.Translate(snapshot);
        Assert.Equal(["http"], without.Configurations[0].Listeners.Select(listener => listener.Name));
        Assert.DoesNotContain("\"default/ca\"", without.ListenerSets[Name("s")].Listeners[0].Conditions.Condition("ResolvedRefs").Message, StringComparison.Ordinal);

        var with = translator.Translate(snapshot.With(TestCertificates.Authorities("ca")));

        Assert.Equal(["http", "https", "default/s/h"], with.Configurations[0].Listeners.Select(listener => listener.Name));
        Assert.NotNull(with.Configurations[0].Listeners[2].Tls!.ClientValidation);
        Assert.Equal(["http"], translator.Translate(snapshot).Configurations[0].Listeners.Select(listener => listener.Name));
    }

    [Theory]
    [InlineData("client", null, "", "Secret", "ResolvedRefs")]
    [InlineData("missing", null, "", "Secret", "InvalidClientCertificateRef")]
    [InlineData("malformed", null, "", "Secret", "InvalidClientCertificateRef")]
    [InlineData("client", null, "", "Service", "InvalidClientCertificateRef")]
    [InlineData("client", null, "example.com", "Secret", "InvalidClientCertificateRef")]
    [InlineData("client", "elsewhere", "", "Secret", "RefNotPermitted")]
    public void Translate_ClientCertificate_IsToldOfTheGatewayAndNeverStopsIt(string name, string? space, string group, string kind, string expected)
    {
        var gateway = Gateway("gw") with { Tls = new GatewayTls { ClientCertificateRef = new SecretObjectReference(name, space, group, kind) } };

        var result = Translate(gateway, TestCertificates.Secret("client"), TestCertificates.Secret("malformed", "x", "y"), TestCertificates.Secret("client", "elsewhere"));

        var status = result.Gateways[Name("gw")];
        Assert.Equal(expected, status.Conditions.Condition("ResolvedRefs").Reason);
        Assert.Equal(expected == "ResolvedRefs", status.Conditions.Condition("ResolvedRefs").Status);
        Assert.True(status.Conditions.Condition("Accepted").Status);
        Assert.Single(result.Configurations[0].Listeners);
    }

    private static FrontendValidation Validation(string authority, bool fallback = false) =>
        new() { AllowsInsecureFallback = fallback, CaCertificateRefs = [new ObjectReference("", "ConfigMap", authority)] };

    private static Gateway Secured(FrontendTls frontend, params GatewayListener[] listeners) =>
        Gateway("gw", listeners) with { Tls = new GatewayTls { Frontend = frontend }, AllowedListeners = new AllowedListeners { From = FromNamespaces.All } };

    private static TranslationResult Translate(params KubernetesObject[] objects) =>
        new Translator(new TranslatorOptions()).Translate(Snapshot([Class(), TestCertificates.Secret("cert"), .. objects]));
}
