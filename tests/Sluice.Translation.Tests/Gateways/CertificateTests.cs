using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Certificates;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

/// <summary>What becomes of the Secrets that HTTPS listeners refer to.</summary>
public sealed class CertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly (string Certificate, string Key) Pair = TestCertificates.Leaf();

    public static TheoryData<string, Dictionary<string, byte[]>, string> Unusable => new()
    {
        { "no certificate", Data(("tls.key", Pair.Key)), "has no tls.crt" },
        { "no key", Data(("tls.crt", Pair.Certificate)), "has no tls.key" },
        { "no PEM", Data(("tls.crt", "Hello world\n"), ("tls.key", Pair.Key)), "holds no PEM certificate in tls.crt" },
        { "no DER", Data(("tls.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), ("tls.key", Pair.Key)), "number 1 what is no X.509 certificate" },
        { "broken chain", Data(("tls.crt", Pair.Certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), ("tls.key", Pair.Key)), "number 2 what is no X.509 certificate" },
        { "another's key", Data(("tls.crt", Pair.Certificate), ("tls.key", TestCertificates.Leaf().Key)), "does not belong to a certificate in tls.crt" },
        { "RSA key, EC certificate", Data(("tls.crt", Pair.Certificate), ("tls.key", TestCertificates.RsaLeaf().Key)), "does not belong to a certificate in tls.crt" },
        { "broken key", Data(("tls.crt", Pair.Certificate), ("tls.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")), "no valid RSA key, and no valid ECDSA key on P-256, P-384 or P-521" },
        { "key on another curve", Data(("tls.crt", Pair.Certificate), ("tls.key", OddCurveKey())), "no valid ECDSA key on P-256, P-384 or P-521" },
        { "encrypted key", Data(("tls.crt", Pair.Certificate), ("tls.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n")), "store it without a passphrase" },
        { "encrypted key of old", Data(("tls.crt", Pair.Certificate), ("tls.key", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n")), "store it without a passphrase" },
        { "short RSA key", Data(("tls.crt", TestCertificates.RsaLeaf(1024).Certificate), ("tls.key", TestCertificates.RsaLeaf(1024).Key)), "RSA key of 1024 bits" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Translate_UnusableSecret_ServesNothingAndCountsRoutes(string what, Dictionary<string, byte[]> data, string expected)
    {
        Assert.NotEmpty(what);
        var secret = new Secret { Metadata = Meta("cert"), Data = data };

        var result = Translate([secret, Route("web", "gw", Rule("/", Backend("web")))], Https("https", null, "cert"));

        var listener = Listener(result);
        Assert.Equal("True/Accepted", Says(listener, "Accepted"));
        Assert.Equal("False/InvalidCertificateRef", Says(listener, "ResolvedRefs"));
        Assert.Equal("False/Invalid", Says(listener, "Programmed"));
        Assert.Contains(expected, listener.Conditions.Condition("ResolvedRefs").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", listener.Conditions.Condition("ResolvedRefs").Message, StringComparison.Ordinal);
        Assert.Equal(1, listener.AttachedRoutes);
        Assert.Empty(Assert.Single(result.Configurations).Listeners);
        var programmed = GatewayProgramming.Complete(result.Gateways[Name("gw")], ApplyOutcome.Success).Conditions.Condition("Programmed");
        Assert.True(programmed.Status, programmed.Message);
    }

    [Fact]
    public void Translate_Certificate_IsServedWithItsKey()
    {
        var result = Translate([TestCertificates.Secret("cert", Pair.Certificate, Pair.Key)], Https("https", "www.example.com", "cert"));

        var tls = Served(result)[0].Tls!;
        Assert.Equal((TlsMode.Terminate, TlsVersion.Tls12, TlsVersion.Tls13), (tls.Mode, tls.MinimumVersion, tls.MaximumVersion));
        var certificate = Assert.Single(tls.Certificates);
        Assert.Equal("default/cert", certificate.Name);
        Assert.Equal(Pair.Certificate.Trim(), certificate.Chain.Trim());
        Assert.Equal(Pair.Key.Trim(), certificate.PrivateKey.Reveal().Trim());
    }

    [Fact]
    public void Translate_ChainInAnyOrder_IsPutInOrder()
    {
        var bundle = $"{TestCertificates.RootPem}some text\n{TestCertificates.IntermediatePem}{Pair.Certificate}";

        var result = Translate([TestCertificates.Secret("cert", bundle, Pair.Key)], Https("https", null, "cert"));

        Assert.Equal($"{Pair.Certificate}{TestCertificates.IntermediatePem}{TestCertificates.RootPem}", Served(result)[0].Tls!.Certificates[0].Chain);
    }

    [Fact]
    public void Translate_KeyInCertificateFile_GoesNoFurther()
    {
        var result = Translate([TestCertificates.Secret("cert", $"{Pair.Key}\n{Pair.Certificate}", $"text\n{Pair.Key}")], Https("https", null, "cert"));

        var certificate = Served(result)[0].Tls!.Certificates[0];
        Assert.DoesNotContain("PRIVATE", certificate.Chain, StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", certificate.PrivateKey.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_OneBadAmongGood_ServesTheGoodAndSaysSo()
    {
        var (rsaCertificate, rsaKey) = TestCertificates.RsaLeaf();
        var listener = Https("https", null, "ec") with
        {
            Tls = new Resources.GatewayApi.ListenerTls { CertificateRefs = [new("missing"), new("ec"), new("rsa"), new("ec"), new("x", "other")] },
        };

        var result = Translate([TestCertificates.Secret("ec", Pair.Certificate, Pair.Key), TestCertificates.Secret("rsa", rsaCertificate, rsaKey)], listener);

        Assert.Equal(["default/ec", "default/rsa"], Served(result)[0].Tls!.Certificates.Select(certificate => certificate.Name));
        var status = Listener(result);
        Assert.Equal("False/InvalidCertificateRef", Says(status, "ResolvedRefs"));
        var message = status.Conditions.Condition("ResolvedRefs").Message;
        Assert.StartsWith("tls.certificateRefs[0]: Secret \"default/missing\" does not exist; tls.certificateRefs[4]: no ReferenceGrant", message, StringComparison.Ordinal);
        Assert.Equal("False/Pending", Says(status, "Programmed"));
    }

    [Theory]
    [InlineData(2020, 2025, "expired on 2025-01-01 00:00:00Z")]
    [InlineData(2027, 2030, "is not valid before 2027-01-01 00:00:00Z")]
    public void Translate_OutOfItsTime_IsServedWithAMessageAndANotice(int from, int to, string expected)
    {
        var secret = TestCertificates.Secret("cert", start: Year(from), end: Year(to));

        var result = Translate([secret], Https("https", null, "cert"));

        Assert.Single(Served(result));
        var resolved = Listener(result).Conditions.Condition("ResolvedRefs");
        Assert.True(resolved.Status);
        Assert.Contains(expected, resolved.Message, StringComparison.Ordinal);
        var notice = Assert.Single(result.Notices, notice => notice.Message.Contains(expected, StringComparison.Ordinal));
        Assert.True(notice.IsWarning);
        Assert.Equal("Gateway default/gw", notice.Subject);
    }

    [Theory]
    [InlineData("www.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "WWW.example.com", true)]
    [InlineData("*.example.com", "*.example.com", true)]
    [InlineData("a.b.example.com", "*.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("other.example.com", "www.example.com", false)]
    [InlineData("anything", null, true)]
    public void Translate_CertificateForOtherNames_IsServedWithANotice(string name, string? hostname, bool fits)
    {
        var (certificate, key) = TestCertificates.Leaf(name);

        var result = Translate([TestCertificates.Secret("cert", certificate, key)], Https("https", hostname, "cert"));

        Assert.Single(Served(result));
        Assert.Equal(fits ? [] : [$"spec.listeners[0].tls.certificateRefs: no certificate is for hostname \"{hostname}\", so that clients will refuse it; there are {name}"], result.Notices.Select(notice => notice.Message));
    }

    [Fact]
    public void Translate_SameSnapshotLater_SaysWhatTimeHasDone()
    {
        var translator = new Translator(new TranslatorOptions());
        var snapshot = Snapshot(Class(), Gateway("gw", Http(), Https("https", null, "cert")), TestCertificates.Secret("cert", start: Year(2027), end: Year(2030)));

        var early = translator.Translate(snapshot, Year(2026));
        Assert.Equal(Year(2027), early.ChangesAt);
        Assert.Same(early, translator.Translate(snapshot, Year(2027).AddSeconds(-1)));
        var valid = translator.Translate(snapshot, Year(2027));
        Assert.Equal("", Message(valid));
        Assert.Equal(Year(2030).AddSeconds(1), valid.ChangesAt);
        var late = translator.Translate(snapshot, Year(2031));

        Assert.Contains("not valid before", Message(early), StringComparison.Ordinal);
        Assert.Contains("expired", Message(late), StringComparison.Ordinal);
        Assert.Null(late.ChangesAt);
        Assert.Same(early.Configurations[0], late.Configurations[0]);
        Assert.Equal(1, translator.CertificateReads);

        static string Message(TranslationResult result) => result.Gateways[Name("gw")].Listeners[1].Conditions.Condition("ResolvedRefs").Message;
    }

    [Fact]
    public void Read_CertificateWithAnyByteChanged_IsServedOrRefused_AndNeverMore()
    {
        var good = PemBlocks.Decode(Pair.Certificate);
        var refused = 0;
        for (var i = 0; i < good.Length; i++)
        {
            var der = good.ToArray();
            der[i] ^= (byte)(1 + (i % 255));

            var read = CertificateReader.Read(TestCertificates.Secret("cert", PemEncoding.WriteString("CERTIFICATE", der) + "\n", Pair.Key));

            Assert.True((read.Certificate is null) != (read.Problem is null));
            refused += read.Problem is null ? 0 : 1;
        }

        Assert.True(refused > good.Length / 4, $"{refused} of {good.Length} were refused");
    }

    [Fact]
    public void Translate_CertificateBrokenInside_ConcernsItsListenerOnly()
    {
        // The month of its beginning is none.
        var der = X509Certificate2.CreateFromPem(Pair.Certificate).RawData;
        var month = der.AsSpan().IndexOf("250101000000Z"u8) + 2;
        (der[month], der[month + 1]) = ((byte)'9', (byte)'9');
        var broken = TestCertificates.Secret("broken", PemEncoding.WriteString("CERTIFICATE", der) + "\n", Pair.Key);

        var result = Translate([broken, TestCertificates.Secret("cert", Pair.Certificate, Pair.Key)], Https("bad", "bad.example.com", "broken"), Https("good", "www.example.com", "cert"));

        Assert.Equal("good", Assert.Single(Served(result)).Name);
        Assert.Equal("False/InvalidCertificateRef", Says(Listener(result), "ResolvedRefs"));
        Assert.Contains("holds in tls.crt a certificate that is broken inside", Listener(result).Conditions.Condition("ResolvedRefs").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Translate_CertificateWithoutEnd_IsServed()
    {
        var secret = TestCertificates.Secret("cert", start: Year(2020), end: new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));

        var result = Translate([secret], Https("https", null, "cert"));

        Assert.Single(Served(result));
        Assert.Null(result.ChangesAt);
    }

    [Fact]
    public void Translate_SecretChangedBesideItsCertificate_KeepsTheInstance()
    {
        var translator = new Translator(new TranslatorOptions());
        var secret = TestCertificates.Secret("cert", Pair.Certificate, Pair.Key);
        var snapshot = Snapshot(Class(), Gateway("gw", Https("a", "a.example.com", "cert"), Https("b", "b.example.com", "cert")), secret);
        var before = translator.Translate(snapshot);

        var after = translator.Translate(snapshot.With(secret with { Metadata = Meta("cert", generation: 2), Data = new Dictionary<string, byte[]>(secret.Data) { ["ca.crt"] = [1] } }));
        var renewed = translator.Translate(snapshot.With(TestCertificates.Secret("cert")));

        Assert.Same(before.Configurations[0], after.Configurations[0]);
        Assert.Same(Served(before)[0].Tls!.Certificates[0], Served(before)[1].Tls!.Certificates[0]);
        Assert.NotSame(Served(before)[0].Tls!.Certificates[0], Served(renewed)[0].Tls!.Certificates[0]);
        Assert.Same(Served(renewed)[0].Tls!.Certificates[0], Served(renewed)[1].Tls!.Certificates[0]);
    }

    [Fact]
    public void Translate_SecretComesAndGoes_ServesAndStops()
    {
        var translator = new Translator(new TranslatorOptions());
        var route = Route("web", "gw", Rule("/", Backend("web")));
        var without = Snapshot(Class(), Gateway("gw", Https("https", null, "cert")), route, Service("web"));
        Assert.Empty(Served(translator.Translate(without)));

        var with = translator.Translate(without.With(TestCertificates.Secret("cert")));
        Assert.Equal("*", Assert.Single(Assert.Single(Served(with)).VirtualHosts).Hostname);

        Assert.Empty(Served(translator.Translate(without)));
        Assert.Equal(1, translator.CompiledRoutes);
    }

    [Fact]
    public void Translate_GrantOfSecretComesAndGoes_ServesAndStops()
    {
        var translator = new Translator(new TranslatorOptions());
        var listener = Https("https", null, "cert") with { Tls = new Resources.GatewayApi.ListenerTls { CertificateRefs = [new SecretObjectReference("cert", "certs")] } };
        var without = Snapshot(Class(), Gateway("gw", listener), TestCertificates.Secret("cert", "certs"));
        var grant = new ReferenceGrant
        {
            Metadata = Meta("grant", "certs"),
            From = [new ReferenceGrantFrom(GatewayApiGroup.Name, "Gateway", Space)],
            To = [new ReferenceGrantTo("", "Secret", null)],
        };

        Assert.Equal("False/RefNotPermitted", Says(Listener(translator.Translate(without)), "ResolvedRefs"));
        Assert.Single(Served(translator.Translate(without.With(grant))));
        Assert.Empty(Served(translator.Translate(without)));
    }

    private static string OddCurveKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static DateTimeOffset Year(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static TranslationResult Translate(KubernetesObject[] objects, params GatewayListener[] listeners) =>
        new Translator(new TranslatorOptions()).Translate(Snapshot([Class(), Gateway("gw", listeners), .. objects]), Now);

    private static IReadOnlyList<Listener> Served(TranslationResult result) => Assert.Single(result.Configurations).Listeners;

    private static ListenerStatus Listener(TranslationResult result) => result.Gateways[Name("gw")].Listeners[0];

    private static string Says(ListenerStatus listener, string type) => $"{listener.Conditions.Condition(type).Status}/{listener.Conditions.Condition(type).Reason}";

    private static Dictionary<string, byte[]> Data(params (string Key, string Value)[] values) => values.ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value));
}
