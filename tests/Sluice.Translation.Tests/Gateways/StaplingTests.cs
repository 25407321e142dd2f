using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Translation.Certificates;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

/// <summary>Which OCSP responses are given to clients, and until when.</summary>
public sealed class StaplingTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = From.AddDays(7);
    private static readonly (string Certificate, string Key) Pair = TestCertificates.Leaf();
    private static readonly (string Certificate, string Key) Other = TestCertificates.Leaf();

    public static TheoryData<string, byte[], string> Unusable => new()
    {
        { "no DER", [1, 2, 3], "holds no OCSP response (DER)" },
        { "empty", [], "holds no OCSP response (DER)" },
        { "something behind it", [.. Response(), 0], "holds no OCSP response (DER)" },
        { "cut off", Response()[..^1], "holds no OCSP response (DER)" },
        { "tryLater", [0x30, 0x03, 0x0a, 0x01, 0x03], "holds an OCSP response that is not successful" },
        { "another type", [0x30, 0x0d, 0x0a, 0x01, 0x00, 0xa0, 0x08, 0x30, 0x06, 0x06, 0x01, 0x2a, 0x04, 0x01, 0x00], "holds an OCSP response that is not of the basic type" },
        { "another certificate", TestOcsp.Response(Other.Certificate, TestCertificates.IntermediatePem, From, Until), "holds an OCSP response for another certificate" },
        { "another authority", TestOcsp.Response(Pair.Certificate, TestCertificates.RootPem, From, Until), "holds an OCSP response for another certificate" },
        { "revoked", TestOcsp.Response(Pair.Certificate, TestCertificates.IntermediatePem, From, Until, status: 1), "holds an OCSP response that says of the certificate: revoked" },
        { "unknown", TestOcsp.Response(Pair.Certificate, TestCertificates.IntermediatePem, From, Until, status: 2), "holds an OCSP response that says of the certificate: unknown" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Response_ThatSaysNothingGood_IsNotStapled(string what, byte[] response, string expected)
    {
        Assert.NotEmpty(what);

        var result = new Translator(new TranslatorOptions()).Translate(Snapshot(response), From);

        Assert.Null(Served(result).OcspResponse);
        var notice = Assert.Single(result.Notices, notice => notice.IsWarning);
        Assert.Contains($"Secret \"default/cert\" {expected}", notice.Message, StringComparison.Ordinal);
        Assert.EndsWith("in tls.ocsp-staple; nothing is stapled", notice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SHA1", true)]
    [InlineData("SHA256", true)]
    [InlineData("SHA256", false)]
    public void Response_ForTheCertificate_IsStapled(string hash, bool withIssuer)
    {
        var response = TestOcsp.Response(Pair.Certificate, TestCertificates.IntermediatePem, From, null, hash: hash);
        var chain = withIssuer ? Pair.Certificate + TestCertificates.IntermediatePem : Pair.Certificate;

        var result = new Translator(new TranslatorOptions()).Translate(Snapshot(response, chain), From.AddYears(1));

        Assert.Equal(response, Served(result).OcspResponse);
        Assert.DoesNotContain(result.Notices, notice => notice.IsWarning);
    }

    [Fact]
    public void Response_IsStapled_OnlyWhileItIsValid()
    {
        var translator = new Translator(new TranslatorOptions());
        var snapshot = Snapshot(Response());

        var early = translator.Translate(snapshot, From.AddSeconds(-1));
        Assert.Equal(From, early.ChangesAt);
        var valid = translator.Translate(snapshot, From);
        Assert.Equal(Until, valid.ChangesAt);
        Assert.Same(valid, translator.Translate(snapshot, Until.AddTicks(-1)));
        var late = translator.Translate(snapshot, Until);

        Assert.Null(Served(early).OcspResponse);
        Assert.Contains("is not valid before 2026-01-01 00:00:00Z and is not stapled until then", Message(early), StringComparison.Ordinal);
        Assert.Equal(Response(), Served(valid).OcspResponse);
        Assert.Equal("", Message(valid));
        Assert.Null(Served(late).OcspResponse);
        Assert.Contains("tls.certificateRefs[0]: the OCSP response of Secret \"default/cert\" ended on 2026-01-08 00:00:00Z and is not stapled any more; renew it", Message(late), StringComparison.Ordinal);
        Assert.Contains(late.Notices, notice => notice.IsWarning && notice.Message.Contains("ended on", StringComparison.Ordinal));
        Assert.NotSame(Served(valid), Served(late));
        Assert.Equal(1, translator.CertificateReads);

        // With the next one all is well again.
        var renewed = translator.Translate(Snapshot(TestOcsp.Response(Pair.Certificate, TestCertificates.IntermediatePem, Until, Until.AddDays(7))), Until);
        Assert.NotNull(Served(renewed).OcspResponse);
        Assert.Equal("", Message(renewed));

        static string Message(TranslationResult result) => result.Gateways[Name("gw")].Listeners[0].Conditions.Condition("ResolvedRefs").Message;
    }

    [Fact]
    public void ResponseWithAnyByteChanged_IsStapledOrNot_AndNeverMore()
    {
        var (chain, good) = (Pair.Certificate + TestCertificates.IntermediatePem, Response());
        for (var i = 0; i < good.Length; i++)
        {
            var response = good.ToArray();
            response[i] ^= (byte)(1 + (i % 255));
            var secret = TestCertificates.Secret("cert", chain, Pair.Key);

            var read = CertificateReader.Read(secret with { Data = new Dictionary<string, byte[]>(secret.Data) { ["tls.ocsp-staple"] = response } });

            Assert.NotNull(read.Certificate);
            Assert.Equal(read.Staple is null, read.Remark is not null);
        }
    }

    private static byte[] Response() => TestOcsp.Response(Pair.Certificate, TestCertificates.IntermediatePem, From, Until);

    private static ResourceSnapshot Snapshot(byte[] response, string? chain = null)
    {
        var secret = TestCertificates.Secret("cert", chain ?? (Pair.Certificate + TestCertificates.IntermediatePem), Pair.Key);
        return Build.Snapshot(Class(), Gateway("gw", Https("https", null, "cert")), secret with { Data = new Dictionary<string, byte[]>(secret.Data) { ["tls.ocsp-staple"] = response } });
    }

    private static TlsCertificate Served(TranslationResult result) => Assert.Single(Assert.Single(result.Configurations).Listeners).Tls!.Certificates[0];
}
