using System.Security.Authentication;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>The server name chooses the listener, and among its certificates the one.</summary>
public sealed class ServerNameTests
{
    [Theory]
    [InlineData("a.example", "exact")]
    [InlineData("A.EXAMPLE", "exact")]
    [InlineData("b.wild.example", "wildcard")]
    [InlineData("c.b.wild.example", "wildcard")]
    [InlineData("wild.example", "any")]
    [InlineData("other.example", "any")]
    [InlineData("127.0.0.1", "any")]
    [InlineData("", "any")]
    public async Task Name_ChoosesTheMostSpecificListener(string name, string expected)
    {
        await using var proxy = await StartAsync(withAny: true);
        await using var client = await proxy.ConnectTlsAsync(TlsClient.Options(name));

        Assert.Equal($"CN={expected}", client.ServerCertificate.Subject);
    }

    [Theory]
    [InlineData("other.example")]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    public async Task NameOfNoListener_EndsWithoutAWordOfTls(string name)
    {
        await using var proxy = await StartAsync(withAny: false);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => proxy.ConnectTlsAsync(TlsClient.Options(name)));
        Assert.True(error is IOException && error is not AuthenticationException, error.ToString());
        Assert.Equal(1, proxy.Server.Metric("sluice_tls_handshake_failures_total{reason=\"no match\"}"));
    }

    [Theory]
    [InlineData("a.example", "CN=a")]
    [InlineData("x.b.example", "CN=b")]
    [InlineData("y.x.b.example", "CN=a")]
    [InlineData("c.example", "CN=a")]
    public async Task Certificate_IsTheOneForTheName(string name, string subject)
    {
        using var authority = new TestAuthority();
        using var a = authority.Issue(new CertificateWish { Subject = "CN=a", Names = ["a.example"] });
        using var b = authority.Issue(new CertificateWish { Subject = "CN=b", Names = ["*.b.example"] });
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), a, b);
        await using var client = await proxy.ConnectTlsAsync(name);

        Assert.Equal(subject, client.ServerCertificate.Subject);
    }

    [Fact]
    public async Task OtherListener_OfTheSamePort_IsMisdirected()
    {
        await using var proxy = await StartAsync(withAny: true);
        await using var client = await proxy.ConnectTlsAsync("a.example");

        Assert.StartsWith("HTTP/1.1 200", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")).Head, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 421", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: x.wild.example\r\n\r\n")).Head, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 421", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: other.example\r\n\r\n")).Head, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example:443\r\n\r\n")).Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameListener_IsNot_AndWithoutARouteTheAnswerIs404()
    {
        await using var backend = ScriptedBackend.Answering();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("*.wild.example");
        var routes = new TestRoutes().Forward("a.wild.example", "/", backend.Endpoint);
        await using var proxy = await TlsProxy.StartAsync(routes, listener =>
        [
            listener with { Name = "wildcard", Hostname = "*.wild.example", Tls = TlsProxy.Terminate(certificate) },
            listener with { Name = "special", Hostname = "special.wild.example", Tls = TlsProxy.Terminate(certificate) },
        ]);
        await using var client = await proxy.ConnectTlsAsync("b.wild.example");
        foreach (var (host, status) in new[] { ("a.wild.example", 200), ("b.wild.example", 404), ("special.wild.example", 421), ("elsewhere.example", 404) })
        {
            var (head, _) = await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
            Assert.StartsWith($"HTTP/1.1 {status}", head, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Protocol_IsAgreedOnByOurPreference()
    {
        await using var proxy = await StartAsync(withAny: true);
        await using var both = await proxy.ConnectTlsAsync("a.example", "http/1.1", "h2");
        await using var none = await proxy.ConnectTlsAsync("a.example");

        Assert.Equal("h2", both.Stream.NegotiatedApplicationProtocol.ToString());
        Assert.Equal("", none.Stream.NegotiatedApplicationProtocol.ToString());
        await Assert.ThrowsAnyAsync<Exception>(() => proxy.ConnectTlsAsync("a.example", "unknown"));
        await Eventually.Is(1L, () => proxy.Server.Metric("sluice_tls_handshake_failures_total{reason=\"application protocol\"}"), "handshakes without a common protocol");
    }

    [Fact]
    public async Task Http1Agreed_DoesNotBecomeHttp2()
    {
        await using var proxy = await StartAsync(withAny: true);
        await using var client = await proxy.ConnectTlsAsync("a.example", "http/1.1");

        var (head, _) = await client.ExchangeAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 505", head, StringComparison.Ordinal);
    }

    private static async Task<TlsProxy> StartAsync(bool withAny)
    {
        using var authority = new TestAuthority();
        ListenerTls named(string name)
        {
            using var certificate = authority.Issue(new CertificateWish { Subject = $"CN={name}", Names = ["unused.example"] });
            return TlsProxy.Terminate(certificate);
        }

        var routes = new TestRoutes().Add("*", "/", new DirectResponseAction { StatusCode = 200, Body = "ok" });
        return await TlsProxy.StartAsync(routes, listener =>
        [
            listener with { Name = "exact", Hostname = "a.example", Tls = named("exact") },
            listener with { Name = "wildcard", Hostname = "*.wild.example", Tls = named("wildcard") },
            .. withAny ? new[] { listener with { Name = "any", Hostname = "", Tls = named("any") } } : [],
        ]);
    }
}
