using Sluice.Configuration;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

public sealed class TlsOptionsTests
{
    private const string Common = "gateway.networking.k8s.io/";
    private const string Kgateway = "kgateway.dev/";

    [Theory]
    [InlineData(Common + "TLSMinimumVersion", "1.3", TlsVersion.Tls13)]
    [InlineData(Common + "TLSMinimumVersion", "TLSv1.3", TlsVersion.Tls13)]
    [InlineData(Common + "TLSMinimumVersion", "VersionTLS13", TlsVersion.Tls13)]
    [InlineData(Kgateway + "min-tls-version", " 1.2 ", TlsVersion.Tls12)]
    [InlineData(Kgateway + "min-tls-version", "TLSV1_1", TlsVersion.Tls11)]
    [InlineData(Kgateway + "min-tls-version", "tls1.0", TlsVersion.Tls10)]
    public void Translate_MinimumVersion_IsTaken(string name, string value, TlsVersion expected) =>
        Assert.Equal(expected, Served((name, value)).MinimumVersion);

    [Fact]
    public void Translate_Lists_KeepTheirOrderAndGetTheirNames()
    {
        var tls = Served(
            (Common + "TLSCipherSuites", "TLS_AES_256_GCM_SHA384, ECDHE-RSA-AES128-GCM-SHA256,TLS_AES_256_GCM_SHA384"),
            (Kgateway + "ecdh-curves", "secp384r1,X25519"),
            (Kgateway + "alpn-protocols", "http/1.1"),
            (Kgateway + "max-tls-version", "1.2"));

        Assert.Equal(["TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"], tls.CipherSuites);
        Assert.Equal(["P-384", "X25519"], tls.Curves);
        Assert.Equal(["http/1.1"], tls.AlpnProtocols);
        Assert.Equal(TlsVersion.Tls12, tls.MaximumVersion);
    }

    [Fact]
    public void Translate_NoOptions_LeavesTheDefaults()
    {
        var tls = Served();

        Assert.Equal((TlsVersion.Tls12, TlsVersion.Tls13), (tls.MinimumVersion, tls.MaximumVersion));
        Assert.Null(tls.AlpnProtocols);
        Assert.Empty(tls.CipherSuites);
        Assert.Empty(tls.Curves);
    }

    [Fact]
    public void Translate_EmptyAlpn_AnswersNone() => Assert.Empty(Served((Kgateway + "alpn-protocols", "")).AlpnProtocols!);

    [Theory]
    [InlineData(Common + "TLSMinimumVersion", "1.4", "use 1.2 or 1.3")]
    [InlineData(Kgateway + "min-tls-version", "", "no version of TLS")]
    [InlineData(Common + "TLSMinimumVersion", "SSLv3", "no version of TLS")]
    [InlineData(Kgateway + "max-tls-version", "1.1", "below the minimum, 1.2")]
    [InlineData(Common + "TLSCipherSuites", "RC4-MD5", "names no cipher suite that is known")]
    [InlineData(Kgateway + "cipher-suites", ",", "names no cipher suite that is known")]
    [InlineData(Kgateway + "ecdh-curves", "secp112r1", "names no group that is known; use X25519")]
    [InlineData(Kgateway + "alpn-protocols", "h3", "names no protocol that is known; use h2 or http/1.1")]
    [InlineData(Kgateway + "verify-subject-alt-names", "a.example.com", "is not served")]
    public void Translate_ValueThatWouldWeaken_RefusesTheListener(string name, string value, string expected)
    {
        var result = Translate((name, value));

        var accepted = result.Gateways[Name("gw")].Listeners[0].Conditions.Condition("Accepted");
        Assert.Equal((false, "UnsupportedValue"), (accepted.Status, accepted.Reason));
        Assert.StartsWith($"tls.options[\"{name}\"]: ", accepted.Message, StringComparison.Ordinal);
        Assert.Contains(expected, accepted.Message, StringComparison.Ordinal);
        Assert.Empty(result.Gateways[Name("gw")].Listeners[0].SupportedKinds);
        Assert.Equal(["http"], result.Configurations[0].Listeners.Select(listener => listener.Name));
    }

    [Fact]
    public void Translate_SomeNamesUnknown_ServesWithTheOthersAndSaysSo()
    {
        var result = Translate((Kgateway + "cipher-suites", "AES128-MADE-UP,TLS_AES_128_GCM_SHA256"));

        Assert.Equal(["TLS_AES_128_GCM_SHA256"], result.Configurations[0].Listeners[0].Tls!.CipherSuites);
        var accepted = result.Gateways[Name("gw")].Listeners[0].Conditions.Condition("Accepted");
        Assert.True(accepted.Status);
        Assert.Contains("\"AES128-MADE-UP\"", accepted.Message, StringComparison.Ordinal);
        Assert.Contains(result.Notices, notice => notice.IsWarning && notice.Message.StartsWith("spec.listeners[0].tls.options[", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("example.com/other", "is not known and has no effect")]
    [InlineData(Kgateway + "min-tls-version", "deprecated (RFC 8996)")]
    public void Translate_WhatIsDoubtful_IsANotice(string name, string expected)
    {
        var result = Translate((name, "1.0"));

        Assert.Contains(result.Notices, notice => notice.IsWarning && notice.Message.Contains(expected, StringComparison.Ordinal));
        Assert.Equal(2, result.Configurations[0].Listeners.Count);
    }

    private static Configuration.ListenerTls Served(params (string Name, string Value)[] options) => Translate(options).Configurations[0].Listeners[0].Tls!;

    private static TranslationResult Translate(params (string Name, string Value)[] options)
    {
        var listener = Https("https", null, "cert");
        listener = listener with { Tls = listener.Tls! with { Options = options.ToDictionary(option => option.Name, option => option.Value) } };
        return new Translator(new TranslatorOptions()).Translate(Snapshot(Class(), Gateway("gw", listener, Http()), TestCertificates.Secret("cert")));
    }
}
