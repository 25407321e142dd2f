using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>Certificates of clients (GEP-91): who is let in, and what backends hear of them.</summary>
public sealed class ClientCertificateTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.example\r\nX-Forwarded-Client-Cert: Hash=forged\r\n\r\n";

    [Fact]
    public async Task Valid_IsLetInAndTold()
    {
        using var authority = new TestAuthority();
        using var shown = authority.IssueClient("CN=default, O=\"Quoted, Inc\"", new CertificateWish { Uris = ["spiffe://a.example/id"], Names = ["client.example"] });
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, ClientValidationMode.AllowValidOnly, authority);
        await using var client = await proxy.ConnectTlsAsync(Showing(shown));

        await client.ExchangeAsync(Get);
        var hash = Convert.ToHexStringLower(shown.Certificate.GetCertHash(System.Security.Cryptography.HashAlgorithmName.SHA256));
        Assert.Equal(
            $"Hash={hash};Subject=\"CN=default,O=Quoted\\, Inc\";URI=spiffe://a.example/id;DNS=client.example",
            (await backend.NextRequestAsync())["X-Forwarded-Client-Cert"]);
    }

    [Fact]
    public async Task Missing_OrOfAnother_EndsInAnAlert()
    {
        using var authority = new TestAuthority("CN=Same");
        using var other = new TestAuthority("CN=Same");
        using var stranger = other.IssueClient();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, ClientValidationMode.AllowValidOnly, authority);

        foreach (var certificate in new[] { null, stranger })
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await using var client = await proxy.ConnectTlsAsync(Showing(certificate));
                await client.ExchangeAsync(Get);
            });
            Assert.Contains("alert", error.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty(backend.Requests);
        await Eventually.Is(2L, () => proxy.Server.Metric("sluice_tls_handshake_failures_total{reason=\"client certificate\"}"), "refused certificates");
    }

    [Fact]
    public async Task Expired_IsNotValid()
    {
        using var authority = new TestAuthority();
        using var expired = authority.IssueClient(wish: new CertificateWish { NotAfter = DateTimeOffset.UtcNow.AddHours(-1) });
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, ClientValidationMode.AllowValidOnly, authority);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var client = await proxy.ConnectTlsAsync(Showing(expired));
            await client.ExchangeAsync(Get);
        });
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task AuthoritiesWithOneName_AreEachTried()
    {
        using var one = new TestAuthority("CN=Same");
        using var other = new TestAuthority("CN=Same");
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, ClientValidationMode.AllowValidOnly, one, other);
        foreach (var authority in new[] { one, other })
        {
            using var shown = authority.IssueClient();
            await using var client = await proxy.ConnectTlsAsync(Showing(shown));
            Assert.Equal("ok", (await client.ExchangeAsync(Get)).Body);
        }
    }

    [Fact]
    public async Task Fallback_LetsEverybodyIn_AndTellsOfValidOnesOnly()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var valid = authority.IssueClient();
        using var stranger = other.IssueClient();
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, ClientValidationMode.AllowInsecureFallback, authority);

        // Each twice: the second handshake resumes the session of the first, and must know as much.
        foreach (var (certificate, isTold) in new (TestCertificate?, bool)[] { (valid, true), (stranger, false), (null, false) })
        {
            for (var i = 0; i < 2; i++)
            {
                await using var client = await proxy.ConnectTlsAsync(Showing(certificate));
                Assert.Equal("ok", (await client.ExchangeAsync(Get)).Body);
                var told = (await backend.NextRequestAsync())["X-Forwarded-Client-Cert"];
                Assert.Equal(isTold, told is not null);
                Assert.DoesNotContain("forged", told ?? "", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task NewDemands_EndWhatWasLetInWithout()
    {
        using var authority = new TestAuthority();
        using var shown = authority.IssueClient();
        using var certificate = authority.Issue("a.example");
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        await using var proxy = await TlsProxy.StartAsync(routes, certificate);
        await using var client = await proxy.ConnectTlsAsync();
        Assert.StartsWith("HTTP/1.1 200", (await client.ExchangeAsync(Get)).Head, StringComparison.Ordinal);
        var strict = TlsProxy.Terminate(certificate) with
        {
            ClientValidation = new ClientValidation { Mode = ClientValidationMode.AllowValidOnly, CaCertificates = [authority.Pem] },
        };
        await proxy.ApplyAsync(routes, strict);

        Assert.StartsWith("HTTP/1.1 421", (await client.ExchangeAsync(Get)).Head, StringComparison.Ordinal);
        await using var anew = await proxy.ConnectTlsAsync(Showing(shown));
        Assert.StartsWith("HTTP/1.1 200", (await anew.ExchangeAsync(Get)).Head, StringComparison.Ordinal);

        // What was verified stays good over changes that ask for the same.
        await proxy.ApplyAsync(routes, strict with { Certificates = [.. strict.Certificates] });
        Assert.StartsWith("HTTP/1.1 200", (await anew.ExchangeAsync(Get)).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrustedProxies_MaySayMore()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { TrustedHops = 1 }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TlsProxy.StartAsync(routes, certificate);
        await using var client = await proxy.ConnectTlsAsync();

        await client.ExchangeAsync(Get);
        Assert.Equal("Hash=forged", (await backend.NextRequestAsync())["X-Forwarded-Client-Cert"]);
    }

    private static SslClientAuthenticationOptions Showing(TestCertificate? certificate)
    {
        var options = TlsClient.Options("a.example");
        if (certificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate.Certificate, new X509Certificate2Collection(), offline: true);
        return options;
    }

    private static async Task<TlsProxy> StartAsync(ScriptedBackend backend, ClientValidationMode mode, params TestAuthority[] authorities)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        return await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), TlsProxy.Terminate(certificate) with
        {
            ClientValidation = new ClientValidation { Mode = mode, CaCertificates = [.. authorities.Select(each => each.Pem)] },
        });
    }
}
