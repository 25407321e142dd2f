using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>WebSocket between programs that are not ours: over HTTP/1.1, and over HTTP/2 to a backend that knows only HTTP/1.1 (RFC 8441).</summary>
public sealed class WebSocketTests(WebSocketFixture fixture) : IClassFixture<WebSocketFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scenarios => ["messages", "large", "pipelined", "fragments", "pings", "closedByClient", "closedByBackend", "deflate", "subprotocol"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Ws_OverHttp11_Passes(string scenario)
    {
        var uri = $"ws://127.0.0.1:{fixture.Gateway.Port}/{scenario}";
        await using var client = LiveTool.Start(Tool.Find("node", "nodejs"), [WsPackage.Script("ws-client.js"), uri, scenario], ("NODE_PATH", await WsPackage.PathAsync()));

        var result = await client.WaitForExitAsync();

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        Assert.Contains("passed", result.Output, StringComparison.Ordinal);
        await fixture.Backend.WaitForLineAsync($"opened /{scenario}");
    }

    [Fact]
    public async Task CloseCode_OfTheClient_ReachesTheBackend()
    {
        await Ws_OverHttp11_Passes("closedByClient");

        await fixture.Backend.WaitForLineAsync("closed with 4001 enough");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task DotNetClient_InEitherVersion_IsServed(string version)
    {
        using var socket = await ConnectAsync(version);

        foreach (var length in new[] { 0, 1, 126, 70_000, 1024 * 1024 })
        {
            var sent = RandomNumberGenerator.GetBytes(length);
            var sending = SendInPartsAsync(socket, sent);
            var received = await ReceiveAsync(socket, length);
            Assert.True(sent.AsSpan().SequenceEqual(received));
            await sending;
        }

        await socket.CloseAsync((WebSocketCloseStatus)4002, "over", Token);
        Assert.Equal((WebSocketCloseStatus)4002, socket.CloseStatus);
        await fixture.Backend.WaitForLineAsync("closed with 4002 over");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task BackendThatCloses_SaysWhyInEitherVersion(string version)
    {
        using var socket = await ConnectAsync(version);

        await socket.SendAsync("close 4003 enough"u8.ToArray(), WebSocketMessageType.Text, true, Token);
        var end = await socket.ReceiveAsync(new byte[64], Token);

        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.Equal((WebSocketCloseStatus)4003, end.CloseStatus);
        Assert.Equal("enough", end.CloseStatusDescription);
    }

    [Fact]
    public async Task SeveralTunnels_OfOneHttp2Connection_DoNotMix()
    {
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        var sockets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConnectAsync("2.0", invoker)));

        await Task.WhenAll(sockets.Select(async (socket, i) =>
        {
            for (var round = 0; round < 20; round++)
            {
                var sent = Encoding.ASCII.GetBytes($"socket {i} round {round} {new string('x', i * 1000)}");
                await socket.SendAsync(sent, WebSocketMessageType.Binary, true, Token);
                Assert.Equal(sent, await ReceiveAsync(socket, sent.Length));
            }
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        }));

        foreach (var socket in sockets)
            socket.Dispose();
    }

    private async Task<ClientWebSocket> ConnectAsync(string version, HttpMessageInvoker? invoker = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = System.Version.Parse(version);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var own = invoker is null ? new HttpMessageInvoker(new SocketsHttpHandler(), disposeHandler: false) : null;
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{fixture.Gateway.Port}/dotnet"), invoker ?? own, Token);
        return socket;
    }

    private static async Task SendInPartsAsync(ClientWebSocket socket, byte[] message)
    {
        var half = message.Length / 2;
        await socket.SendAsync(message.AsMemory(0, half), WebSocketMessageType.Binary, endOfMessage: false, Token);
        await socket.SendAsync(message.AsMemory(half), WebSocketMessageType.Binary, endOfMessage: true, Token);
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket, int length)
    {
        var buffer = new byte[length + 1];
        var count = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(count), Token);
            count += part.Count;
            if (part.EndOfMessage)
                return buffer[..count];
        }
    }
}
