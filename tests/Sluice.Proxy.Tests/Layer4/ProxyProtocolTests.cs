using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>PROXY protocol headers in front of what a port serves, and in front of what a backend gets.</summary>
public sealed class ProxyProtocolTests
{
    private const string Refused = "sluice_proxy_protocol_refused_total";
    private const string Header = "PROXY TCP4 192.0.2.7 198.51.100.2 1234 443\r\n";
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private static readonly string Header2 =
        Wire.Text(Convert.FromHexString("0D0A0D0A000D0A515549540A" + "2111000C" + "C0000207" + "C6336402" + "04D2" + "01BB"));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task InFrontOfHttp_NamesTheClient(int version)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend);
        await using var client = await RawClient.ConnectAsync(proxy.EndPoint);
        var header = version == 1 ? Header : Header2;

        await client.SendAsync(header + Get);
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);

        Assert.All(backend.Requests, request => Assert.Equal("192.0.2.7", request["X-Forwarded-For"]));
        Assert.Equal(2, backend.Requests.Count);
    }

    [Fact]
    public async Task InPieces_IsPutTogether()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend);
        foreach (var header in new[] { Header, Header2, "PROXY UNKNOWN\r\n" })
        {
            var bytes = Wire.Bytes(header + Get);
            foreach (var cut in Enumerable.Range(1, header.Length + 1))
            {
                await using var client = await RawClient.ConnectAsync(proxy.EndPoint);
                await client.SendAsync(bytes.AsMemory(0, cut));
                await client.SendAsync(bytes.AsMemory(cut));
                Assert.Equal(200, (await client.ReadResponseAsync()).Status);
            }
        }
    }

    [Fact]
    public async Task InFrontOfHttp2_NamesTheClient()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend);
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(proxy.EndPoint, cancel);
                await socket.SendTextAsync(Header2);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        Assert.Equal("ok", await client.GetStringAsync(new Uri("http://a.test/"), TestContext.Current.CancellationToken).Within("an answer"));

        Assert.Equal("192.0.2.7", Assert.Single(backend.Requests)["X-Forwarded-For"]);
    }

    [Theory]
    [InlineData("PROXY UNKNOWN\r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0")]
    public async Task WithoutAClient_TheSenderIsIt(string header)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend);
        await using var client = await RawClient.ConnectAsync(proxy.EndPoint);

        await client.ExchangeAsync(header + Get);

        Assert.Equal("127.0.0.1", Assert.Single(backend.Requests)["X-Forwarded-For"]);
    }

    [Theory]
    [InlineData(Get, "malformed")]
    [InlineData("PROXY TCP4 192.0.2.300 198.51.100.2 1234 443\r\n" + Get, "malformed")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\u0031\0\0" + Get, "unsupported")]
    [InlineData("\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u0080\0" + Get, "too long")]
    public async Task Malformed_IsClosedWithoutAWord(string bytes, string reason)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend);
        await using var client = await RawClient.ConnectAsync(proxy.EndPoint);

        await client.SendAsync(bytes);

        await client.ExpectCloseAsync();
        await Eventually.Is(1, () => proxy.Server.Metric($"{Refused}{{reason=\"{reason}\"}}"), "refused");
        Assert.Empty(backend.Requests);
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Fact]
    public async Task Incomplete_IsClosed_WhenTheClientEnds_AndWhenTheTimeIsUp()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend, new ProxyLimits { ProxyHeaderTimeout = TimeSpan.FromMilliseconds(100) });
        await using var ended = await RawClient.ConnectAsync(proxy.EndPoint);
        await ended.SendAsync("PROXY TCP4");
        ended.ShutdownSend();
        await using var silent = await RawClient.ConnectAsync(proxy.EndPoint);
        await using var slow = await RawClient.ConnectAsync(proxy.EndPoint);
        await slow.SendAsync("P");

        await ended.ExpectCloseAsync();
        await silent.ExpectCloseAsync();
        await slow.ExpectCloseAsync();

        await Eventually.Is(3, () => proxy.Server.Metric($"{Refused}{{reason=\"incomplete\"}}"), "refused");
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Fact]
    public async Task Untrusted_IsClosed()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartHttpAsync(backend, new ProxyLimits(), "192.0.2.0/24", "2001:db8::1");
        await using var client = await RawClient.ConnectAsync(proxy.EndPoint);

        await client.SendAsync(Header + Get);

        await client.ExpectCloseAsync();
        Assert.Equal(1, proxy.Server.Metric($"{Refused}{{reason=\"untrusted\"}}"));
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Theory]
    [InlineData(ProxyProtocolVersion.V1, false)]
    [InlineData(ProxyProtocolVersion.V2, false)]
    [InlineData(ProxyProtocolVersion.V1, true)]
    [InlineData(ProxyProtocolVersion.V2, true)]
    public async Task Backend_IsToldTheClient(ProxyProtocolVersion version, bool isTold)
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync();
        var cluster = StreamProxy.Cluster("echo", backend.Endpoint) with { ProxyProtocol = version };
        await proxy.ApplyAsync(listener => listener with { ProxyProtocol = isTold ? new ProxyProtocolAcceptance() : null }, (cluster, 1));
        using var client = await proxy.ConnectAsync();
        var own = ((IPEndPoint)client.LocalEndPoint!).Port;

        if (isTold)
            await client.SendTextAsync(Header);
        await client.SendTextAsync("hello");
        client.Shutdown(SocketShutdown.Send);

        var expected = (version, isTold) switch
        {
            (ProxyProtocolVersion.V1, true) => Header,
            (ProxyProtocolVersion.V2, true) => Header2,
            (ProxyProtocolVersion.V1, false) => $"PROXY TCP4 127.0.0.1 127.0.0.1 {own} {proxy.Port}\r\n",
            _ => Wire.Text(Convert.FromHexString($"0D0A0D0A000D0A515549540A2111000C7F0000017F000001{own:X4}{proxy.Port:X4}")),
        };
        Assert.Equal(expected + "hello", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task ListenersOfOnePort_MustAgree()
    {
        await using var proxy = await StreamProxy.StartAsync();
        var configuration = proxy.Configure(listener => listener with { Protocol = ListenerProtocol.Http, Hostname = "a.test", ProxyProtocol = new ProxyProtocolAcceptance { TrustedSources = ["nobody", "10.0.0.0/8"] } });
        var second = configuration.Listeners[0] with { Name = "second", Hostname = "b.test", ProxyProtocol = null };

        var result = await proxy.Server.ApplyAsync(configuration with { Listeners = [configuration.Listeners[0], second] });

        Assert.False(result.Applied);
        Assert.Equal(
            [
                ("tcp", "\"nobody\" is no source of PROXY protocol headers; it must be an IP address or a network such as 192.0.2.0/24"),
                ("second", $"port {proxy.Port} is shared with listener tcp, which disagrees about the PROXY protocol"),
            ],
            result.Errors.Select(error => (error.Listener!, error.Message)));
    }

    [Theory]
    [InlineData(ListenerProtocol.Tcp, ListenerProtocol.Http, "one for TCP must be alone")]
    [InlineData(ListenerProtocol.Tls, ListenerProtocol.Tcp, "one for TCP must be alone")]
    [InlineData(ListenerProtocol.Tcp, ListenerProtocol.Tcp, "one for TCP must be alone")]
    [InlineData(ListenerProtocol.Udp, ListenerProtocol.Udp, "one for UDP must be alone")]
    [InlineData(ListenerProtocol.Http, ListenerProtocol.Https, "either all listeners of a port have TLS or none")]
    [InlineData(ListenerProtocol.Tls, ListenerProtocol.Http, "either all listeners of a port have TLS or none")]
    public async Task ListenersThatCannotShareAPort_AreRefused(ListenerProtocol first, ListenerProtocol second, string reason)
    {
        await using var proxy = await StreamProxy.StartAsync();
        var configuration = proxy.Configure(listener => listener with { Protocol = first });
        var other = configuration.Listeners[0] with { Name = "second", Protocol = second, Hostname = "b.test" };

        var result = await proxy.Server.ApplyAsync(configuration with { Listeners = [configuration.Listeners[0], other] });

        Assert.False(result.Applied);
        Assert.Equal(("second", $"port {proxy.Port} is shared with listener tcp; {reason}"), result.Errors.Select(error => (error.Listener!, error.Message)).Single());
    }

    private static Task<StreamProxy> StartHttpAsync(ScriptedBackend backend) => StartHttpAsync(backend, new ProxyLimits());

    private static async Task<StreamProxy> StartHttpAsync(ScriptedBackend backend, ProxyLimits limits, params string[] sources)
    {
        var proxy = await StreamProxy.StartAsync(limits);
        var http = TestRoutes.All(backend.Endpoint).Build(proxy.Port);
        await proxy.ApplyAsync(
            listener => http.Listeners[0] with { Name = listener.Name, ProxyProtocol = new ProxyProtocolAcceptance { TrustedSources = sources } },
            (http.Clusters[0], 1));
        return proxy;
    }
}
