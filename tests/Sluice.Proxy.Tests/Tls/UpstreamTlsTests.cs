using System.Net.Security;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>TLS with backends (BackendTLSPolicy): whom they are taken for, and that nothing is ever sent to anybody else.</summary>
public sealed class UpstreamTlsTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";

    [Fact]
    public async Task Request_GoesEncryptedToTheNamedServer()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("backend.example");
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate, "http/1.1");
        await using var proxy = await StartAsync(front, Trust(authority));
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
            Assert.Equal((200, "ok"), Read(await client.ExchangeAsync(Get)));
        Assert.Equal([new TlsHandshake("backend.example", "http/1.1", null)], front.Handshakes);
        Assert.Equal("a.example", backend.Requests.First()["Host"]);
    }

    [Fact]
    public async Task Http2_IsSpokenByAgreement()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("backend.example");
        await using var backend = Http2Backend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate, "h2");
        await using var proxy = await StartAsync(front, Trust(authority), UpstreamProtocol.Http2);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal([new TlsHandshake("backend.example", "h2", null)], front.Handshakes);
    }

    [Fact]
    public async Task Http2_WithoutAgreement_FailsClosed()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("backend.example");
        await using var backend = Http2Backend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        await using var proxy = await StartAsync(front, Trust(authority), UpstreamProtocol.Http2);

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(1, proxy.Server.Failures("tls protocol"));
    }

    public static TheoryData<string, UpstreamTls, bool> Names()
    {
        var tls = new UpstreamTls { Hostname = "backend.example" };
        SubjectAltName dns(string name) => new(SubjectAltNameType.Hostname, name);
        SubjectAltName uri(string name) => new(SubjectAltNameType.Uri, name);
        return new TheoryData<string, UpstreamTls, bool>
        {
            { "the name", tls, true },
            { "another name", tls with { Hostname = "other.example" }, false },
            { "one label below a wildcard", tls with { Hostname = "x.wild.example" }, true },
            { "two labels below a wildcard", tls with { Hostname = "x.y.wild.example" }, false },
            { "the wildcard's parent", tls with { Hostname = "wild.example" }, false },
            { "the common name only", tls with { Hostname = "common.example" }, false },
            { "a listed name; the host is only asked for", tls with { Hostname = "other.example", SubjectAltNames = [dns("backend.example")] }, true },
            { "a listed URI", tls with { SubjectAltNames = [uri("spiffe://backend.example/id")] }, true },
            { "one of several", tls with { SubjectAltNames = [dns("no.example"), uri("spiffe://no/"), uri("spiffe://backend.example/id")] }, true },
            { "none of several, though the host is right", tls with { SubjectAltNames = [dns("no.example"), uri("spiffe://no/")] }, false },
            { "a name listed as a URI", tls with { SubjectAltNames = [uri("backend.example")] }, false },
            { "a listed wildcard", tls with { SubjectAltNames = [dns("*.wild.example")] }, true },
        };
    }

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public async Task Names_DecideWhoIsMeant(string what, UpstreamTls tls, bool isMeant)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(new CertificateWish
        {
            Subject = "CN=common.example",
            Names = ["backend.example", "*.wild.example"],
            Uris = ["spiffe://backend.example/id"],
        });
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        await using var proxy = await StartAsync(front, tls with { CaCertificates = [authority.Pem] });

        // A failure is never forgotten: the second time there might be a session to resume.
        for (var i = 0; i < 2; i++)
            Assert.True((await proxy.ExchangeAsync(Get)).Status == (isMeant ? 200 : 503), what);
        Assert.Equal(isMeant ? 0 : 2, proxy.Server.Failures("tls certificate"));
        Assert.Equal(isMeant ? 2 : 0, backend.Requests.Count);
    }

    [Fact]
    public async Task Authorities_WithOneName_AreToldApartBySignature()
    {
        using var one = new TestAuthority("CN=Same,O=Same");
        using var other = new TestAuthority("CN=Same,O=Same");
        using var stranger = new TestAuthority("CN=Same,O=Same");
        using var certificate = other.Issue("backend.example");
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        var tls = new UpstreamTls { Hostname = "backend.example" };

        await using (var proxy = await StartAsync(front, tls with { CaCertificates = [one.Pem, other.Pem] }))
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        await using (var proxy = await StartAsync(front, tls with { CaCertificates = [other.Pem + one.Pem] }))
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        await using (var proxy = await StartAsync(front, tls with { CaCertificates = [one.Pem, stranger.Pem] }))
            Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task Intermediate_MayBeTrustedByItself()
    {
        using var root = new TestAuthority("CN=Root");
        using var intermediate = new TestAuthority("CN=Intermediate", root);
        using var certificate = intermediate.Issue("backend.example");
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        await using var proxy = await StartAsync(front, Trust(intermediate));

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task Expired_IsRefused()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(new CertificateWish { Names = ["backend.example"], NotAfter = DateTimeOffset.UtcNow.AddHours(-1) });
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        await using var proxy = await StartAsync(front, Trust(authority));

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task SystemAuthorities_DoNotTrustAStranger()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("backend.example");
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        await using var proxy = await StartAsync(front, new UpstreamTls { Hostname = "backend.example", TrustSystem = true });

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(1, proxy.Server.Failures("tls certificate"));
    }

    [Fact]
    public async Task ClientCertificate_IsShownWhereItIsAskedFor()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("backend.example");
        using var own = authority.IssueClient("CN=proxy");
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, () => new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate.Certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
        });
        await using var proxy = await StartAsync(front, Trust(authority) with { ClientCertificate = own.ToConfiguration() });

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(own.Certificate.GetCertHashString(), front.Handshakes.Single().ClientCertificate);
    }

    [Theory]
    [InlineData("not a certificate")]
    [InlineData("")]
    public async Task BadAuthorities_FailClosedAndSaySo(string pem)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint));
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Tls = new UpstreamTls { Hostname = "backend.example", CaCertificates = [pem] };
        var result = await proxy.Server.ApplyAsync(routes.Build(proxy.Port));

        Assert.True(result.Applied);
        Assert.Contains(result.Warnings, warning => warning.Contains("certificate in PEM", StringComparison.Ordinal));
        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Empty(backend.Requests);
        Assert.Equal(1, proxy.Server.Failures("tls configuration"));
    }

    [Fact]
    public async Task CleartextBackend_GetsNoRequest()
    {
        using var authority = new TestAuthority();
        await using var backend = ScriptedBackend.Start(async connection => await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Tls = Trust(authority);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(1, proxy.Server.Failures("tls handshake"));
    }

    private static UpstreamTls Trust(TestAuthority authority) => new() { Hostname = "backend.example", CaCertificates = [authority.Pem] };

    private static (int Status, string Body) Read(WireMessage message) => (message.Status, message.Body);

    private static Task<TestProxy> StartAsync(TlsFront front, UpstreamTls tls, UpstreamProtocol protocol = UpstreamProtocol.Http1)
    {
        var routes = new TestRoutes { Protocol = protocol, Tls = tls };
        return TestProxy.StartAsync(new ProxyLimits(), routes.Forward("*", "/", front.Endpoint));
    }
}
