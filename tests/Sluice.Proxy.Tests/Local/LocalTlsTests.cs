using Sluice.Configuration;
using Sluice.Proxy.Local;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Local;

/// <summary>Handlers inside the process behind TLS.</summary>
public sealed class LocalTlsTests : IDisposable
{
    private static readonly DelegateHandler Hello = new((_, _) => ValueTask.FromResult(new LocalResponse(200, "text/plain", DelegateHandler.Bytes("hello"))));

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task BothProtocols_AreServed(string version)
    {
        using var certificate = _authority.Issue("first.test");
        await using var server = await LocalServer.StartAsync(Hello, tls: new LocalTls("test", certificate.ToConfiguration()));
        var (shown, client) = Client();
        using var _ = client;

        Assert.Equal("hello", await GetAsync(client, server, version));
        Assert.Equal("CN=first.test", Assert.Single(shown));
    }

    [Fact]
    public async Task ReplacedCertificate_IsShownToNewConnections_AndLeavesOthersAlone()
    {
        using var first = _authority.Issue("first.test");
        using var second = _authority.Issue("second.test");
        var tls = new LocalTls("test", first.ToConfiguration());
        await using var server = await LocalServer.StartAsync(Hello, tls: tls);
        var (shown, client) = Client();
        var (shownLater, later) = Client();
        using var _ = client;
        using var __ = later;

        await GetAsync(client, server, "2.0");
        tls.Replace(second.ToConfiguration());
        await GetAsync(client, server, "2.0");
        await GetAsync(later, server, "2.0");

        Assert.Equal(["CN=first.test"], shown);
        Assert.Equal(["CN=second.test"], shownLater);
    }

    [Fact]
    public async Task CertificateThatCannotBeUsed_IsRefused_AndTheOneBeforeStays()
    {
        using var first = _authority.Issue("first.test");
        using var second = _authority.Issue("second.test");
        var tls = new LocalTls("test", first.ToConfiguration());
        await using var server = await LocalServer.StartAsync(Hello, tls: tls);
        var mixed = new TlsCertificate { Name = "mixed", Chain = second.Chain, PrivateKey = new PrivateKey(first.KeyPem) };

        Assert.Contains("belongs to none", Assert.Throws<ArgumentException>(() => tls.Replace(mixed)).Message, StringComparison.Ordinal);
        var (shown, client) = Client();
        using var _ = client;
        await GetAsync(client, server, "2.0");

        Assert.Equal(["CN=first.test"], shown);
        Assert.Equal(first.Chain, tls.Certificate.Chain);
    }

    private static (List<string> Shown, HttpClient Client) Client()
    {
        var shown = new List<string>();
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            shown.Add(certificate!.Subject);
            return certificate.Subject.EndsWith(".test", StringComparison.Ordinal);
        };
        return (shown, new HttpClient(handler));
    }

    private static async Task<string> GetAsync(HttpClient client, LocalServer server, string version)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"https://{server.EndPoint}/")
        {
            Version = Version.Parse(version),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(message, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
