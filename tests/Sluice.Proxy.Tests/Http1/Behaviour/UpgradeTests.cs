using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>WebSocket tunnels, and upgrades that are none (RFC 9110 7.8, RFC 6455 4).</summary>
public sealed class UpgradeTests
{
    private const string Upgrade =
        "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private const string Switching =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    private static ScriptedBackend Echo() => ScriptedBackend.Start(async connection =>
    {
        await connection.ExpectRequestAsync();
        await connection.SendAsync(Switching);
        string part;
        while ((part = await connection.Reader.ReadSomeAsync()).Length > 0)
            await connection.SendAsync(part);
    });

    [Fact]
    public async Task WebSocket_IsTunnelledBothWays()
    {
        await using var backend = Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync(Upgrade);
        Assert.Equal(101, response.Status);
        Assert.Equal("Upgrade", response["Connection"]);
        Assert.Equal("websocket", response["Upgrade"]);
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", response["Sec-WebSocket-Accept"]);

        var request = await backend.NextRequestAsync();
        Assert.Equal("Upgrade", request["Connection"]);
        Assert.Equal("websocket", request["Upgrade"]);
        Assert.Equal("dGhlIHNhbXBsZSBub25jZQ==", request["Sec-WebSocket-Key"]);

        foreach (var part in new[] { "hello", "\0\r\n\r\nGET / HTTP/1.1\r\n\r\n", new string('x', 500_000) })
        {
            var sending = client.SendAsync(part);
            Assert.Equal(part, await client.Reader.ReadExactlyAsync(part.Length));
            await sending;
        }
    }

    [Fact]
    public async Task BytesRightBehindTheRequest_ReachTheBackendAfterItSwitched()
    {
        await using var backend = Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Upgrade + "early");

        Assert.Equal(101, (await client.ReadResponseAsync()).Status);
        Assert.Equal("early", await client.Reader.ReadExactlyAsync(5));
    }

    [Fact]
    public async Task BytesRightBehindTheSwitch_ReachTheClient()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(Switching + "welcome");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        Assert.Equal(101, (await client.ExchangeAsync(Upgrade)).Status);
        Assert.Equal("welcome", await client.Reader.ReadExactlyAsync(7));
    }

    [Fact]
    public async Task BackendThatEnds_EndsTheTunnel()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(Switching + "bye");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.ExchangeAsync(Upgrade);

        Assert.Equal("bye", await client.Reader.ReadToEndAsync());
    }

    [Fact]
    public async Task ClientThatEndsItsSide_StillHearsTheBackend()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(Switching);
            var heard = await connection.ReadToEndAsync();
            await connection.SendAsync($"heard {heard}");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.ExchangeAsync(Upgrade);

        await client.SendAsync("last words");
        client.ShutdownSend();

        Assert.Equal("heard last words", await client.Reader.ReadToEndAsync());
    }

    [Fact]
    public async Task ClientThatVanishes_EndsTheBackendsSide()
    {
        var ended = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(Switching);
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        var client = await proxy.ConnectAsync();
        await client.ExchangeAsync(Upgrade);

        client.Reset();

        await ended.Task.Within("the backend's side of the tunnel to end");
    }

    [Fact]
    public async Task QuietTunnel_AfterItsTimeout_IsClosedOnBothSides()
    {
        var ended = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(Switching);
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { TunnelIdleTimeout = TimeSpan.FromMilliseconds(100) }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.ExchangeAsync(Upgrade);

        Assert.Equal("", await client.Reader.ReadToEndAsync());
        await ended.Task.Within("the backend's side of the tunnel to end");
    }

    [Fact]
    public async Task BackendThatRefuses_AnswersAsUsual()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync(Upgrade);
            Assert.Equal(403, response.Status);
            Assert.Null(response["Upgrade"]);
            Assert.Equal("no", response.Body);
        }
    }

    [Fact]
    public async Task RequestBehindARefusedUpgrade_IsARequest()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Upgrade + "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal(403, (await client.ReadResponseAsync()).Status);

        Assert.Equal(403, (await client.ReadResponseAsync()).Status);
        await backend.NextRequestAsync();
        Assert.Equal("/next", (await backend.NextRequestAsync()).Target);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", Switching)]
    [InlineData(Upgrade, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")]
    [InlineData(Upgrade, "HTTP/1.1 101 Switching Protocols\r\n\r\n")]
    public async Task Switch_ThatWasNotAskedFor_Is502(string request, string answer)
    {
        await using var backend = ScriptedBackend.Answering(answer);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        Assert.Equal(502, (await proxy.ExchangeAsync(request)).Status);
    }
}
