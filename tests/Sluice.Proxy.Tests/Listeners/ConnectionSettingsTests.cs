using System.Globalization;
using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Listeners;

/// <summary>What a listener's settings say of connections: how long they live, and what they take.</summary>
public sealed class ConnectionSettingsTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task Requests_AreCounted()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { MaxRequestsPerConnection = 2 }, backend);
        await using var client = await proxy.ConnectAsync();
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Null((await client.ExchangeAsync(Get))["Connection"]);
        Assert.Equal("close", (await client.ExchangeAsync(Get))["Connection"]);
        await client.ExpectCloseAsync();

        Assert.Equal(200, (await second.GetAsync(1)).Status);
        Assert.Null(second.GoneAway);
        Assert.Equal(200, (await second.GetAsync(3)).Status);
        await second.ReadToEndAsync();
        Assert.NotNull(second.GoneAway);
    }

    [Fact]
    public async Task IdleConnections_AreClosed()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { IdleTimeout = TimeSpan.FromMilliseconds(100) }, backend);
        await using var client = await proxy.ConnectAsync();
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(200, (await second.GetAsync(1)).Status);

        await client.ExpectCloseAsync();
        await second.ReadToEndAsync();
    }

    [Fact]
    public async Task SilentExchanges_AreGivenUp()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            if (head.Target == "/begins")
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            await connection.Reader.ReadToEndAsync();
        });
        await using var proxy = await StartAsync(new HttpSettings { StreamIdleTimeout = TimeSpan.FromMilliseconds(200) }, backend);
        await using var begun = await proxy.ConnectAsync();

        Assert.Equal(504, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(408, (await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhalf")).Status);
        await begun.SendAsync("GET /begins HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var error = await Assert.ThrowsAsync<WireFormatException>(() => begun.ReadResponseAsync());
        Assert.True(error.Truncated);
    }

    [Theory]
    [InlineData(0, 10_000, 200)]
    [InlineData(60_000, 200, 504)]
    public async Task Rule_HasItsOwnIdleTimeout(int listener, int rule, int expected)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (listener == 0)
                await connection.SendAsync(ScriptedBackend.Ok);
            await connection.Reader.ReadToEndAsync();
        });
        var routes = new TestRoutes { Http = new HttpSettings { StreamIdleTimeout = TimeSpan.FromMilliseconds(listener) } }
            .Forward("*", "/", backend.Endpoint)
            .With(route => route with { Timeouts = new RouteTimeouts { StreamIdle = TimeSpan.FromMilliseconds(rule) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal(expected, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task ExchangesThatSaySomething_LastLonger()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var until = Environment.TickCount64 + 3000; Environment.TickCount64 < until; await Task.Delay(20))
                await connection.SendAsync("1\r\n.\r\n");

            await connection.SendAsync("0\r\n\r\n");
        });
        await using var proxy = await StartAsync(new HttpSettings { StreamIdleTimeout = TimeSpan.FromSeconds(2) }, backend);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task Http2_BeginsWithWhatIsConfigured()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.Reader.ReadToEndAsync();
        });
        var http2 = new Http2Settings { InitialStreamWindowSize = 100_000, InitialConnectionWindowSize = 200_000, MaxConcurrentStreams = 2 };
        await using var proxy = await StartAsync(new HttpSettings { Http2 = http2, MaxRequestHeadersBytes = 5000 }, backend);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(100_000u, client.ServerSettings[SettingId.InitialWindowSize]);
        Assert.Equal(2u, client.ServerSettings[SettingId.MaxConcurrentStreams]);
        Assert.Equal(5000u, client.ServerSettings[SettingId.MaxHeaderListSize]);
        await client.SendAsync([Make.Get(1), Make.Get(3), Make.Get(5)]);
        Assert.Equal(Http2Error.RefusedStream, (await client.ResponseAsync(5)).Reset);
    }

    [Fact]
    public async Task Keepalive_IsOn()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Connection = new ConnectionSettings { TcpKeepalive = new TcpKeepalive { Probes = 3, Time = TimeSpan.FromSeconds(60), Interval = TimeSpan.FromSeconds(5) } };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);

        // proc(5): 02 is the timer of keep-alive, which runs once everything is acknowledged.
        await Eventually.Is("02", () => TimerOf(proxy.Port, client.LocalEndPoint.Port), "the timer of the proxy's socket");
    }

    [Fact]
    public async Task Buffer_OfAnySize_LetsLongBodiesPass()
    {
        const int Size = 4 * 1024 * 1024;
        await using var backend = ScriptedBackend.Answering(request => request.Target == "/chunked"
            ? $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Size:x}\r\n{new string('x', Size)}\r\n0\r\n\r\n"
            : $"HTTP/1.1 200 OK\r\nContent-Length: {Size}\r\n\r\n{new string('x', Size)}");
        var routes = TestRoutes.All(backend.Endpoint);
        foreach (var limit in new[] { 1, ConnectionSettings.MaxBufferBytes })
        {
            routes.Connection = new ConnectionSettings { BufferLimitBytes = limit };
            await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
            await using var client = await proxy.ConnectAsync();

            Assert.Equal(Size, (await client.ExchangeAsync("GET /chunked HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body.Length);
            Assert.Equal(Size, (await client.ExchangeAsync(Get)).Body.Length);
        }
    }

    [Fact]
    public async Task Handshake_HasItsOwnLimit()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var backend = ScriptedBackend.Answering();
        var settings = new ConnectionSettings { TlsHandshakeTimeout = TimeSpan.FromMilliseconds(100) };
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), listener => [listener with { Tls = TlsProxy.Terminate(certificate), Connection = settings }]);
        using var silent = await proxy.ConnectAsync();

        Assert.Equal(0, await silent.ReceiveAsync(new byte[1]).Within("the proxy to close"));
    }

    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.2 1234 443\r\n", "192.0.2.7")]
    public async Task ProxyHeader_MayBeLeftOut(string header, string expected)
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        routes.ProxyProtocol = new ProxyProtocolAcceptance { AllowWithoutHeader = true };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        foreach (var cut in new[] { 1, 2, 5 })
        {
            await using var client = await proxy.ConnectAsync();
            var bytes = Wire.Bytes(header + "PUT / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n");
            await client.SendAsync(bytes.AsMemory(0, cut));
            await client.SendAsync(bytes.AsMemory(cut));
            Assert.Equal(200, (await client.ReadResponseAsync("PUT")).Status);
        }

        Assert.All(backend.Requests, request => Assert.Equal(expected, request["X-Forwarded-For"]));
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);
        Assert.Equal(200, (await second.GetAsync(1)).Status);
    }

    [Fact]
    public async Task ProxyHeader_OfWhoIsNotTrusted_IsNotBelieved()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        routes.ProxyProtocol = new ProxyProtocolAcceptance { AllowWithoutHeader = true, TrustedSources = ["192.0.2.0/24"] };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(400, (await proxy.ExchangeAsync("PROXY TCP4 192.0.2.7 198.51.100.2 1234 443\r\n" + Get)).Status);
        Assert.Single(backend.Requests);
    }

    private static Task<TestProxy> StartAsync(HttpSettings settings, ScriptedBackend backend) =>
        TestProxy.StartAsync(new ProxyLimits(), new TestRoutes { Http = settings }.Forward("*", "/", backend.Endpoint));

    /// <summary>The timer of a connection's server side, by /proc/net/tcp: local and remote address, and the timer, in hexadecimal.</summary>
    private static string TimerOf(int local, int remote)
    {
        var fields = File.ReadLines("/proc/net/tcp").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(line => PortOf(line[1]) == local && PortOf(line[2]) == remote);
        return fields?[5].Split(':')[0] ?? "no such connection";
    }

    private static int PortOf(string address) => int.Parse(address.AsSpan(address.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
