using System.Net.Sockets;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>Listeners for TLS: passed through or ended, by server name, and closed without a word where there is nobody.</summary>
public sealed class TlsRouteTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: any.example\r\n\r\n";

    [Fact]
    public async Task OnePort_PassesThroughEndsAndServesHttps()
    {
        using var authority = new TestAuthority();
        using var behind = authority.Issue(new CertificateWish { Subject = "CN=behind", Names = ["pass.example"] });
        using var ours = authority.Issue(new CertificateWish { Subject = "CN=ours", Names = ["end.example"] });
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, behind);
        var routes = new TestRoutes().Add("*", "/", new DirectResponseAction { StatusCode = 200, Body = "https" });
        var (encrypted, plain) = (routes.AddCluster(front.Endpoint), routes.AddCluster(backend.Endpoint));
        await using var proxy = await TlsProxy.StartAsync(routes, listener =>
        [
            Tls(listener, "pass", "pass.example", new ListenerTls { Mode = TlsMode.Passthrough }, encrypted),
            Tls(listener, "end", "end.example", TlsProxy.Terminate(ours), plain),
            listener with { Hostname = "https.example", Tls = TlsProxy.Terminate(ours) },
        ]);

        foreach (var (host, subject, body) in new[] { ("pass.example", "CN=behind", "ok"), ("end.example", "CN=ours", "ok"), ("https.example", "CN=ours", "https") })
        {
            await using var client = await proxy.ConnectTlsAsync(host);
            Assert.Equal(subject, client.ServerCertificate.Subject);
            Assert.Equal(body, (await client.ExchangeAsync(host == "https.example" ? Get.Replace("any", "https", StringComparison.Ordinal) : Get)).Body);
        }

        Assert.Equal("pass.example", front.Handshakes.Single().ServerName);
    }

    [Fact]
    public async Task EndedTls_MayBeEncryptedAnew()
    {
        using var authority = new TestAuthority();
        using var behind = authority.Issue("backend.example");
        using var ours = authority.Issue("end.example");
        await using var backend = ScriptedBackend.Answering();
        await using var front = TlsFront.Start(backend.Endpoint, behind);
        var routes = new TestRoutes { Tls = new UpstreamTls { Hostname = "backend.example", CaCertificates = [authority.Pem] } };
        var cluster = routes.AddCluster(front.Endpoint);
        await using var proxy = await TlsProxy.StartAsync(routes, listener => [Tls(listener, "end", "", TlsProxy.Terminate(ours), cluster)]);
        await using var client = await proxy.ConnectTlsAsync("end.example");

        Assert.Equal("ok", (await client.ExchangeAsync(Get)).Body);
        Assert.Equal(new TlsHandshake("backend.example", "", null), front.Handshakes.Single());
    }

    [Fact]
    public async Task ServerFirst_IsHeardWithoutAWord()
    {
        using var authority = new TestAuthority();
        using var ours = authority.Issue("end.example");
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.SendAsync("hello\n");
            await connection.ReadToEndAsync();
        });
        var routes = new TestRoutes();
        var cluster = routes.AddCluster(backend.Endpoint);
        await using var proxy = await TlsProxy.StartAsync(routes, listener => [Tls(listener, "end", "", TlsProxy.Terminate(ours), cluster)]);
        await using var client = await proxy.ConnectTlsAsync("end.example");
        var line = new byte[6];
        await client.Stream.ReadExactlyAsync(line, TestContext.Current.CancellationToken).AsTask().Within("the backend's greeting");

        Assert.Equal("hello\n", Encoding.ASCII.GetString(line));
    }

    [Theory]
    [InlineData(TlsMode.Terminate)]
    [InlineData(TlsMode.Passthrough)]
    public async Task NoBackend_ClosesWithoutAWordOfTls(TlsMode mode)
    {
        using var authority = new TestAuthority();
        using var ours = authority.Issue("end.example");
        await using var proxy = await TlsProxy.StartAsync(new TestRoutes(), listener =>
            [Tls(listener, "none", "", mode == TlsMode.Terminate ? TlsProxy.Terminate(ours) : new ListenerTls { Mode = mode }, cluster: null)]);
        using var socket = await proxy.ConnectAsync();
        await using var stream = new RecordingStream(new NetworkStream(socket));
        await using var client = new TlsClient(socket, _ => stream);

        await Assert.ThrowsAnyAsync<IOException>(() => client.ShakeAsync(TlsClient.Options("end.example")));
        Assert.Equal(0, stream.BytesRead);
    }

    private static Listener Tls(Listener listener, string name, string hostname, ListenerTls tls, string? cluster) => listener with
    {
        Name = name,
        Hostname = hostname,
        Protocol = ListenerProtocol.Tls,
        Tls = tls,
        VirtualHosts = [],
        TlsHosts = [new TlsHost(hostname.Length == 0 ? "*" : hostname, new StreamRoute { Route = $"TLSRoute/test/{name}", Backends = [new StreamBackend(cluster, 1)] })],
    };
}
