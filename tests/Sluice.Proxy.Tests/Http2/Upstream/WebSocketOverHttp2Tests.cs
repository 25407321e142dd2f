using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>WebSockets of HTTP/1.1 clients to backends that speak HTTP/2 (RFC 8441).</summary>
public sealed class WebSocketOverHttp2Tests
{
    // The example of RFC 6455 1.3.
    private const string Upgrade =
        "GET /chat HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\n\r\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tunnel_ByExtendedConnect(bool settingsKnown)
    {
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.HandshakeAsync((SettingId.EnableConnectProtocol, 1));
            while (true)
            {
                var frame = (await connection.ReadEventAsync())!;
                if (frame.Type != FrameType.Headers)
                    continue;
                if (frame.EndsStream)
                {
                    await connection.AnswerAsync(frame.StreamId, "ok");
                    continue;
                }

                var request = connection.Partial(frame.StreamId);
                Assert.Equal(("CONNECT", "websocket", "/chat", "http", "a.test"), (request[":method"], request[":protocol"], request[":path"], request[":scheme"], request[":authority"]));
                Assert.Equal(("13", "chat"), (request["sec-websocket-version"], request["sec-websocket-protocol"]));
                Assert.DoesNotContain(request.Fields, field => field.Name is "sec-websocket-key" or "upgrade" or "connection" or "content-length");
                await connection.SendHeadersAsync(frame.StreamId, false, (":status", "200"), ("sec-websocket-protocol", "chat"));
                await connection.SendDataAsync(frame.StreamId, "hello", endStream: false);
                var echo = await connection.ReadEventAsync();
                await connection.SendFrameAsync(FrameType.Data, FrameFlags.None, frame.StreamId, echo!.Payload);
                Assert.True((await connection.ReadEventAsync())!.EndsStream);
                await connection.SendDataAsync(frame.StreamId, "bye", endStream: true);
                await connection.ReadToEndAsync();
                return;
            }
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        if (settingsKnown)
            Assert.Equal("ok", (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Upgrade);
        var head = await client.Reader.ReadHeadAsync();

        Assert.Equal("HTTP/1.1 101 Switching Protocols", head!.StartLine);
        Assert.Equal(("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "chat", "websocket", "Upgrade"), (head["Sec-WebSocket-Accept"], head["Sec-WebSocket-Protocol"], head["Upgrade"], head["Connection"]));
        Assert.Equal("hello", await client.Reader.ReadExactlyAsync(5));
        await client.SendAsync("echo");
        Assert.Equal("echo", await client.Reader.ReadExactlyAsync(4));
        client.ShutdownSend();
        Assert.Equal("bye", await client.Reader.ReadToEndAsync());
        Assert.Equal(1, backend.Connections);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BackendThatDoesNotTakeIt_Is502WithAReason(bool settingsKnown)
    {
        await using var backend = Http2Backend.Answering();
        await using var proxy = await Http2Routes.StartAsync(backend);
        if (settingsKnown)
            await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal(502, (await proxy.ExchangeAsync(Upgrade)).Status);
        Assert.Equal(1, proxy.Server.Failures("websocket unsupported"));
        Assert.Equal("ok", (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
        Assert.Equal(1, backend.Connections);
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Fact]
    public async Task Refusal_IsPassedOn()
    {
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.HandshakeAsync((SettingId.EnableConnectProtocol, 1));
            await connection.ReadEventAsync();
            await connection.SendHeadersAsync(1, false, (":status", "403"), ("content-length", "2"));
            await connection.SendDataAsync(1, "no", endStream: true);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync(Upgrade);

        Assert.Equal((403, "no"), (response.Status, response.Body));
        Assert.Null(response["Sec-WebSocket-Accept"]);
    }

    [Fact]
    public async Task BackendThatIsGoneBeforeItSpoke_Is503()
    {
        await using var backend = Http2Backend.StartRaw(async connection =>
        {
            await connection.ReadPrefaceAsync();
            connection.Reset();
        });
        await using var proxy = await Http2Routes.StartAsync(backend);

        Assert.Equal(503, (await proxy.ExchangeAsync(Upgrade)).Status);
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }
}
