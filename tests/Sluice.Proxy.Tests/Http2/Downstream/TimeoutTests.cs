using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>Clients that do nothing, or too little, are not waited for.</summary>
public sealed class TimeoutTests
{
    private static readonly ProxyLimits Limits = new() { BodyGrace = TimeSpan.FromMilliseconds(100), BodyTimeout = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task Connection_WithoutRequest_IsClosed()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = TimeSpan.FromMilliseconds(200) });
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        Assert.Equal(Http2Error.NoError, (await client.ReadGoAwayAsync()).Error);
        await Eventually.Is(0, () => proxy.Server.ActiveConnections(), "connections");
    }

    [Fact]
    public async Task Connection_ThatIsIdle_IsClosed()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { IdleTimeout = TimeSpan.FromMilliseconds(200) }, backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        Assert.Equal("200", (await client.GetAsync(1, "/")).Status);

        var last = await client.ReadGoAwayAsync();
        Assert.Equal((1, Http2Error.NoError), (last.Number, last.Error));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Frame_ThatDoesNotEnd_EndsTheConnection(bool continuation)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = TimeSpan.FromMilliseconds(200) }, backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        Assert.Equal("200", (await client.GetAsync(1, "/")).Status);

        if (continuation)
            await client.SendAsync(FrameType.Headers, FrameFlags.None, 3, FrameClient.Block(":method: GET"));
        else
            await client.SendAsync(FrameClient.Frame(FrameType.Headers, FrameFlags.EndHeaders, 3, FrameClient.Block(":method: GET")).AsMemory(0, 12));

        Assert.Equal(Http2Error.EnhanceYourCalm, (await client.ReadGoAwayAsync()).Error);
        Assert.Equal(1, proxy.Server.Metric("sluice_http2_connection_errors_total{reason=\"frame timeout\"}"));
    }

    [Fact]
    public async Task Body_ThatComesTooSlowly_Is408_AndOtherStreamsGoOn()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            if ((await connection.ExpectHeadAsync()).Method == "GET")
                await connection.SendAsync(ScriptedBackend.Ok);
            else
                await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(Limits, backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/", "content-length: 100");
        await client.SendDataAsync(1, "x", end: false);

        Assert.Equal("408", (await client.ReadResponseAsync(1)).Status);
        Assert.Equal(Http2Error.NoError, (await client.ReadAsync(FrameType.RstStream)).Error);
        Assert.Equal("200", (await client.GetAsync(3, "/")).Status);
    }

    [Fact]
    public async Task Window_ThatStaysClosed_ResetsTheStream()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + new string('x', 1000));
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(Limits, backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 10));

        var response = await client.GetAsync(1, "/");

        Assert.Equal(("200", 10, Http2Error.Cancel), (response.Status, response.Body.Length, response.Reset));
        Assert.Equal(1, proxy.Server.Metric("sluice_http2_stream_resets_total{reason=\"slow reader\"}"));
        await Eventually.Holds(() => backend.Broken + backend.Requests.Count > 0, "the backend is told");
    }

    [Fact]
    public async Task Socket_ThatStaysFull_EndsTheConnection()
    {
        var body = 64 * 1024 * 1024;
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body}\r\n\r\n");
            var piece = new string('x', 64 * 1024);
            for (var sent = 0; sent < body; sent += piece.Length)
                await connection.SendAsync(piece);
        });
        await using var proxy = await TestProxy.StartAsync(Limits, backend.Endpoint);
        await using var client = await FrameClient.ConnectRawAsync(proxy.EndPoint, receiveBuffer: 4096);
        await client.SendAsync(ConnectionPreface.Bytes.ToArray());
        await client.SendSettingsAsync((SettingId.InitialWindowSize, int.MaxValue));
        await client.SendWindowUpdateAsync(0, int.MaxValue - 65_535);
        await client.SendGetAsync(1, "/");

        await Eventually.Is(1, () => proxy.Server.Metric("sluice_http2_connection_errors_total{reason=\"slow reader\"}"), "slow readers");
        await Eventually.Is(0, () => proxy.Server.ActiveConnections(), "connections");
    }

    [Fact]
    public async Task StreamOfMessages_MayPauseForLong()
    {
        var go = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await go.Task;
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        await using var proxy = await TestProxy.StartAsync(Limits, backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/", "content-type: application/grpc");
        await client.SendPostAsync(3, "/");

        // The other stream has been given up by now, this one has not.
        Assert.Equal("408", (await client.ReadResponseAsync(3)).Status);
        go.SetResult();
        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
    }
}
