using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Tunnels;

/// <summary>WebSocket over a stream of HTTP/2 (RFC 8441), to a backend that knows WebSocket over HTTP/1.1 only (RFC 6455 4).</summary>
public sealed class ExtendedConnectTests
{
    private static Frame Connect(int stream, params (string, string)[] fields) => Make.Headers(
        stream,
        FieldBlock.Of([(":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":path", "/chat?x=1"), (":authority", "a.test"), ("sec-websocket-version", "13"), .. fields]),
        FrameFlags.EndHeaders);

    private static async Task<Http2Response> OpenAsync(Http2Client client, int stream, params (string, string)[] fields)
    {
        await client.SendAsync([Connect(stream, fields)]);
        return await client.ResponseWhenAsync(stream, response => response.Status != 0 || response.IsOver);
    }

    [Fact]
    public async Task Settings_SayThatItIsServed()
    {
        await using var backend = WebSocketBackend.Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(1u, client.ServerSettings[SettingId.EnableConnectProtocol]);
    }

    [Fact]
    public async Task Handshake_IsThatOfHttp11AtTheBackend()
    {
        await using var backend = WebSocketBackend.Echo("Sec-WebSocket-Protocol: chat.v2\r\nX-B: 2\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        var response = await OpenAsync(client, 1, ("sec-websocket-protocol", "chat.v2, chat.v1"), ("x-a", "1"));

        Assert.Equal(200, response.Status);
        Assert.False(response.Ended);
        Assert.Equal("chat.v2", response["sec-websocket-protocol"]);
        Assert.Equal("2", response["x-b"]);
        Assert.Null(response["sec-websocket-accept"]);
        Assert.Null(response["content-length"]);
        var request = await backend.NextRequestAsync();
        Assert.Equal("GET /chat?x=1 HTTP/1.1", request.StartLine);
        Assert.Equal("a.test", request["Host"]);
        Assert.Equal("Upgrade", request["Connection"]);
        Assert.Equal("websocket", request["Upgrade"]);
        Assert.Equal("13", request["Sec-WebSocket-Version"]);
        Assert.Equal("chat.v2, chat.v1", request["Sec-WebSocket-Protocol"]);
        Assert.Equal("1", request["X-A"]);
        Assert.Equal(16, Convert.FromBase64String(request["Sec-WebSocket-Key"]!).Length);
        Assert.Null(request["Content-Length"]);
        Assert.Null(request["Transfer-Encoding"]);
    }

    [Fact]
    public async Task Keys_AreMadeForEachTunnel()
    {
        await using var backend = WebSocketBackend.Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(200, (await OpenAsync(client, 1)).Status);
        Assert.Equal(200, (await OpenAsync(client, 3)).Status);

        Assert.NotEqual((await backend.NextRequestAsync())["Sec-WebSocket-Key"], (await backend.NextRequestAsync())["Sec-WebSocket-Key"]);
    }

    [Fact]
    public async Task Octets_PassBothWaysUntilEachSideEnds()
    {
        await using var backend = WebSocketBackend.Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        var response = await OpenAsync(client, 1);

        var sent = "hello\0\r\n\r\nGET / HTTP/1.1\r\n\r\n";
        await client.SendAsync([Make.Data(1, sent, 0)]);
        await client.ResponseWhenAsync(1, _ => response.Body.Length >= sent.Length);
        Assert.Equal(sent, response.Body);

        // The client ends its side; the backend still has something to say.
        await client.SendAsync([Make.Data(1, "last")]);
        await client.ResponseAsync(1);

        Assert.Equal(sent + "lastbye", response.Body);
        Assert.True(response.Ended);
        Assert.Null(response.Reset);
        Assert.Equal(200, (await OpenAsync(client, 3)).Status);
    }

    [Fact]
    public async Task MoreThanTheWindows_PassesBothWays()
    {
        await using var backend = WebSocketBackend.Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 10_000));
        var response = await OpenAsync(client, 1);
        var sent = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i:d5} "));

        await client.SendBodyAsync(1, sent);
        await client.ResponseAsync(1);

        Assert.True(sent + "bye" == response.Body);
    }

    [Fact]
    public async Task OctetsRightBehindTheRequest_WaitForTheSwitch()
    {
        await using var backend = WebSocketBackend.Echo();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        await client.SendAsync([Connect(1), Make.Data(1, "early")]);
        var response = await client.ResponseAsync(1);

        Assert.Equal(200, response.Status);
        Assert.Equal("earlybye", response.Body);
        Assert.Equal("", (await backend.NextRequestAsync()).Body);
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")]
    public async Task Switch_ThatDoesNotProveItself_Is502(string answer)
    {
        await using var backend = ScriptedBackend.Answering(answer);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(502, (await OpenAsync(client, 1)).Status);
    }

    [Fact]
    public async Task ClientThatResets_EndsTheBackendsSide()
    {
        var ended = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.SendAsync(WebSocketBackend.Switching(await connection.ExpectRequestAsync()));
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        await OpenAsync(client, 1);

        await client.SendAsync([Make.RstStream(1)]);

        await ended.Task.Within("the backend's side of the tunnel to end");
    }

    [Fact]
    public async Task BackendThatVanishes_ResetsTheStream()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.SendAsync(WebSocketBackend.Switching(await connection.ExpectRequestAsync()));
            await connection.Reader.ReadExactlyAsync(2);
            connection.Reset();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        var response = await OpenAsync(client, 1);

        await client.SendAsync([Make.Data(1, "go", 0)]);
        await client.ResponseAsync(1);

        Assert.NotNull(response.Reset);
        Assert.False(response.Ended);
        await client.PingAsync();
    }

    [Fact]
    public async Task QuietTunnel_AfterItsTimeout_IsEnded()
    {
        var ended = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.SendAsync(WebSocketBackend.Switching(await connection.ExpectRequestAsync()));
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        var limits = new ProxyLimits { TunnelIdleTimeout = TimeSpan.FromMilliseconds(200) };
        await using var proxy = await TestProxy.StartAsync(limits, backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        await OpenAsync(client, 1);

        await client.ResponseAsync(1);
        await ended.Task.Within("the backend's side of the tunnel to end");
    }
}
