using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Listeners;

/// <summary>X-Forwarded-Client-Cert by a listener's settings: what passes, what is told, and what a client may not make of it.</summary>
public sealed class ForwardClientCertTests
{
    private const string Forged = "Hash=forged;Subject=\"CN=root\"";

    [Theory]
    [InlineData(ForwardClientCertMode.Sanitize, null)]
    [InlineData(ForwardClientCertMode.ForwardOnly, Forged)]
    [InlineData(ForwardClientCertMode.AppendForward, Forged + ",Hash={0}")]
    [InlineData(ForwardClientCertMode.SanitizeSet, "Hash={0}")]
    [InlineData(ForwardClientCertMode.AlwaysForwardOnly, Forged)]
    public async Task WithACertificate(ForwardClientCertMode mode, string? expected)
    {
        using var authority = new TestAuthority();
        using var shown = authority.IssueClient("CN=client");

        var told = await AskAsync(new ForwardClientCert { Mode = mode }, authority, shown, Forged);

        Assert.Equal(expected?.Replace("{0}", HashOf(shown), StringComparison.Ordinal), told);
    }

    [Theory]
    [InlineData(ForwardClientCertMode.Sanitize, null)]
    [InlineData(ForwardClientCertMode.ForwardOnly, null)]
    [InlineData(ForwardClientCertMode.AppendForward, null)]
    [InlineData(ForwardClientCertMode.SanitizeSet, null)]
    [InlineData(ForwardClientCertMode.AlwaysForwardOnly, Forged)]
    public async Task WithoutACertificate_OnlyOneModeBelieves(ForwardClientCertMode mode, string? expected)
    {
        using var authority = new TestAuthority();

        Assert.Equal(expected, await AskAsync(new ForwardClientCert { Mode = mode }, authority, null, Forged));
    }

    [Fact]
    public async Task Details_AreEscaped()
    {
        using var authority = new TestAuthority();
        using var shown = authority.IssueClient("CN=a\"b, O=\"Quoted; Inc=1\"", new CertificateWish { Uris = ["spiffe://a.example/id,x=1"], Names = ["client.example"] });

        var told = await AskAsync(new ForwardClientCert { Mode = ForwardClientCertMode.SanitizeSet, Subject = true, Cert = true, Chain = true, Dns = true, Uri = true }, authority, shown, Forged);

        var pem = Uri.EscapeDataString(shown.Certificate.ExportCertificatePem() + "\n");
        Assert.StartsWith($"Hash={HashOf(shown)};Cert=\"{pem}\";Chain=\"{pem}", told, StringComparison.Ordinal);
        Assert.EndsWith(";URI=\"spiffe://a.example/id,x=1\";DNS=client.example", told, StringComparison.Ordinal);
        Assert.Contains(";Subject=\"CN=a\\\"b,", told, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("By=x;Subject=\"open")]
    [InlineData("Subject=\"escaped\\\"")]
    public async Task OpenQuotation_DoesNotSwallowWhatIsAppended(string forged)
    {
        using var authority = new TestAuthority();
        using var shown = authority.IssueClient();

        Assert.Equal($"Hash={HashOf(shown)}", await AskAsync(new ForwardClientCert { Mode = ForwardClientCertMode.AppendForward }, authority, shown, forged));
    }

    [Fact]
    public async Task Optional_RefusesInvalidCertificates()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var stranger = other.IssueClient();

        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(new ForwardClientCert { Mode = ForwardClientCertMode.SanitizeSet }, authority, stranger, Forged));
    }

    private static string HashOf(TestCertificate certificate) => Convert.ToHexStringLower(certificate.Certificate.GetCertHash(HashAlgorithmName.SHA256));

    private static async Task<string?> AskAsync(ForwardClientCert settings, TestAuthority authority, TestCertificate? shown, string forged)
    {
        using var certificate = authority.Issue("a.example");
        await using var backend = ScriptedBackend.Answering();
        var tls = TlsProxy.Terminate(certificate) with
        {
            ClientValidation = new ClientValidation { Mode = ClientValidationMode.AllowAbsent, CaCertificates = [authority.Pem] },
        };
        await using var proxy = await TlsProxy.StartAsync(
            TestRoutes.All(backend.Endpoint), listener => [listener with { Tls = tls, Http = new HttpSettings { ForwardClientCert = settings } }]);
        var options = TlsClient.Options("a.example");
        if (shown is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(shown.Certificate, new X509Certificate2Collection(), offline: true);
        await using var client = await proxy.ConnectTlsAsync(options);
        await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Client-Cert: {forged}\r\n\r\n");
        return (await backend.NextRequestAsync())["X-Forwarded-Client-Cert"];
    }
}
