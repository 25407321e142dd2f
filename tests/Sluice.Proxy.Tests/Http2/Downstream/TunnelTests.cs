using System.Security.Cryptography;
using System.Text;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>WebSocket over a stream (RFC 8441), to backends of HTTP/1.1.</summary>
public sealed class TunnelTests
{
    [Fact]
    public async Task Connect_ForWebSocket_BecomesAnUpgradeAndATunnel()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            Assert.Equal("GET /chat?room=1 HTTP/1.1", head.StartLine);
            Assert.Equal(("a.test", "Upgrade", "websocket", "13"), (head["Host"], head["Connection"], head["Upgrade"], head["Sec-WebSocket-Version"]));
            Assert.Equal(24, head["Sec-WebSocket-Key"]!.Length);
            Assert.NotEqual("dGhlIHNhbXBsZSBub25jZQ==", head["Sec-WebSocket-Key"]);
            await connection.SendAsync(Switch(head["Sec-WebSocket-Key"]!) + "first");
            Assert.Equal("from the client", await connection.Reader.ReadExactlyAsync(15));
            await connection.SendAsync("from the backend");
            await connection.ReadToEndAsync();
            await connection.SendAsync("last");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await ConnectAsync(client, 1, "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==");

        // Sent before the tunnel is there: it waits.
        await client.SendDataAsync(1, "from ", end: false);
        var head = await client.ReadAsync(FrameType.Headers);
        Assert.Equal(":status: 200", head.Fields[0]);
        Assert.DoesNotContain(head.Fields, field => field.StartsWith("sec-websocket-accept", StringComparison.Ordinal) || field.StartsWith("upgrade", StringComparison.Ordinal));
        Assert.Contains("sec-websocket-protocol: chat", head.Fields);
        Assert.False(head.EndsStream);
        await client.SendDataAsync(1, "the client", end: false);

        var got = "";
        while (!got.EndsWith("from the backend", StringComparison.Ordinal))
            got += Encoding.Latin1.GetString((await client.ReadAsync(FrameType.Data)).Payload);
        Assert.Equal("firstfrom the backend", got);

        // One side after the other.
        await client.SendDataAsync(1, "", end: true);
        got = "";
        ReceivedFrame frame;
        do
        {
            frame = await client.ReadAsync(FrameType.Data);
            got += Encoding.Latin1.GetString(frame.Payload);
        }
        while (!frame.EndsStream);
        Assert.Equal("last", got);
        await client.SettleAsync();
        Assert.False(client.Has(other => other.Type == FrameType.RstStream));
    }

    [Fact]
    public async Task Backend_ThatEndsTheTunnel_EndsTheStream()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
            await connection.SendAsync(Switch((await connection.ExpectHeadAsync())["Sec-WebSocket-Key"]!) + "bye"));
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await ConnectAsync(client, 1);
        Assert.Equal("bye", (await client.ReadResponseAsync(1)).Body);
        Assert.Equal(Http2Error.NoError, (await client.ReadAsync(FrameType.RstStream)).Error);
    }

    [Fact]
    public async Task Backend_ThatDoesNotUpgrade_IsPassedOn_AndNeverSeesTheTunnelsBytes()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await ConnectAsync(client, 1);
        await client.SendDataAsync(1, "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n", end: false);
        var response = await client.ReadResponseAsync(1);

        Assert.Equal(("403", "no"), (response.Status, response.Body));
        Assert.Equal("403", (await client.GetAsync(3, "/")).Status);
        Assert.Equal(["GET /chat?room=1 HTTP/1.1", "GET / HTTP/1.1"], backend.Requests.Select(request => request.StartLine));
    }

    [Fact]
    public async Task Backend_ThatIsStillRefusing_NeverSeesTheTunnelsBytes()
    {
        var go = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nno");
            await go.Task;
            await connection.SendAsync("pe");
            while (await connection.ReadRequestAsync() is not null)
                await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await ConnectAsync(client, 1);
        Assert.Equal(":status: 403", (await client.ReadAsync(FrameType.Headers)).Fields[0]);
        await client.SendDataAsync(1, "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n", end: false);
        await client.SettleAsync();
        go.SetResult();

        Assert.Equal("nope", (await client.ReadResponseAsync(1)).Body);
        Assert.Equal("200", (await client.GetAsync(3, "/")).Status);
        Assert.Equal(["GET /chat?room=1 HTTP/1.1", "GET / HTTP/1.1"], backend.Requests.Select(request => request.StartLine));
    }

    [Theory]
    [InlineData("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")]
    [InlineData("")]
    public async Task Backend_ThatAnswersAnotherKey_Is502(string accept)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{accept}\r\n");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await ConnectAsync(client, 1);

        Assert.Equal("502", (await client.ReadResponseAsync(1)).Status);
        Assert.Equal(1, proxy.Server.Metric("sluice_upstream_bad_responses_total{reason=\"wrong Sec-WebSocket-Accept\"}"));
    }

    [Fact]
    public async Task Connect_WithoutProtocol_Is405()
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendHeadersAsync(1, end: false, ":method: CONNECT", ":authority: a.test:443");

        var response = await client.ReadResponseAsync(1);
        Assert.Equal("405", response.Status);
        Assert.NotNull(response["allow"]);
    }

    private static Task ConnectAsync(FrameClient client, int streamId, params string[] fields) =>
        client.SendHeadersAsync(
            streamId,
            end: false,
            [":method: CONNECT", ":protocol: websocket", ":scheme: http", ":path: /chat?room=1", ":authority: a.test", "sec-websocket-version: 13", .. fields]);

    private static string Switch(string key)
    {
#pragma warning disable CA5350 // The protocol's own choice.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        return $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
    }
}
