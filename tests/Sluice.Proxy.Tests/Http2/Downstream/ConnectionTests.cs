using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Local;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>How a connection becomes one of HTTP/2, and how it ends.</summary>
public sealed class ConnectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Preface_InPiecesOrWithEverything_BeginsHttp2(int step)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectRawAsync(proxy.EndPoint);

        byte[] bytes =
        [
            .. ConnectionPreface.Bytes,
            .. FrameClient.Frame(FrameType.Settings, FrameFlags.None, 0, []),
            .. FrameClient.Frame(FrameType.Headers, FrameFlags.EndHeaders, 1, FrameClient.Block(":method: POST", ":scheme: http", ":path: /", ":authority: a.test")),
            .. FrameClient.Frame(FrameType.Data, FrameFlags.EndStream | FrameFlags.Padded, 1, [3, .. "hello"u8, 0, 0, 0]),
        ];
        for (var i = 0; i < bytes.Length; i += step)
            await client.SendAsync(bytes.AsMemory(i, Math.Min(step, bytes.Length - i)));

        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
        Assert.Equal("hello", Assert.Single(backend.Requests).Body);
        Assert.Equal(1, proxy.Server.Metric("sluice_downstream_http2_connections_total"));
        Assert.Equal(1, proxy.Server.Metric("sluice_downstream_requests_total{protocol=\"HTTP/2\"}"));
        Assert.Equal(1, proxy.Server.ActiveConnections());
    }

    [Fact]
    public async Task Port_ServesBothProtocols()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var http2 = await FrameClient.ConnectAsync(proxy.EndPoint);

        Assert.Equal(200, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal("200", (await http2.GetAsync(1, "/")).Status);
        Assert.Equal(200, (await proxy.ExchangeAsync("PROPFIND / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
    }

    [Fact]
    public async Task Preface_AfterARequest_IsARequest()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        Assert.Equal(200, (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(505, (await client.ExchangeAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).Status);
        await client.ExpectCloseAsync();
    }

    [Fact]
    public async Task LocalHandler_AnswersOverHttp2()
    {
        await using var proxy = await TestProxy.StartAsync();
        var endPoint = await proxy.Server.ListenLocalAsync(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0), new EchoingHandler());
        await using var client = await FrameClient.ConnectAsync(endPoint);

        await client.SendPostAsync(1, "/x?y", "expect: 100-continue");
        Assert.Equal([":status: 100"], (await client.ReadAsync(FrameType.Headers)).Fields);
        await client.SendDataAsync(1, "body", end: true);

        Assert.Equal("POST /x y a.test body", (await client.ReadResponseAsync(1)).Body);
    }

    [Fact]
    public async Task Drain_SaysGoodbyeTwice_AndServesWhatIsOnItsWay()
    {
        var go = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await go.Task;
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        await client.SendGetAsync(1, "/");
        await backend.NextRequestAsync();

        var draining = proxy.Server.DrainAsync(Guard.Limit);
        var first = await client.ReadAsync(FrameType.GoAway);
        Assert.Equal((int.MaxValue, Http2Error.NoError), (first.Number, first.Error));

        // Sent before the client could know.
        await client.SendGetAsync(3, "/");
        var ping = await client.ReadAsync(FrameType.Ping);
        await client.SendAsync(FrameType.Ping, FrameFlags.Ack, 0, ping.Payload);
        var second = await client.ReadAsync(FrameType.GoAway);
        Assert.Equal((3, Http2Error.NoError), (second.Number, second.Error));

        // Sent although it could: not served, not answered, to be sent elsewhere.
        await client.SendGetAsync(5, "/");
        await client.SettleAsync();
        go.SetResult();
        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
        Assert.Equal("200", (await client.ReadResponseAsync(3)).Status);
        Assert.Null(await client.ReadAsync());
        await draining.Within("the drain to end");
        Assert.Equal(2, backend.Requests.Count);
    }

    [Fact]
    public async Task Drain_ClosesIdleConnections()
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        await client.SettleAsync();

        await proxy.Server.DrainAsync(Guard.Limit).Within("the drain to end");

        var last = await client.ReadGoAwayAsync();
        Assert.Equal((0, Http2Error.NoError), (last.Number, last.Error));
    }

    [Fact]
    public async Task Port_ThatIsNoLongerServed_IsDrained()
    {
        var go = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await go.Task;
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var busy = await FrameClient.ConnectAsync(proxy.EndPoint);
        await using var idle = await FrameClient.ConnectAsync(proxy.EndPoint);
        await idle.SettleAsync();
        await busy.SendGetAsync(1, "/");
        await backend.NextRequestAsync();

        await proxy.Server.RemoveAsync("test/gateway").Within("the removal");

        Assert.Equal(Http2Error.NoError, (await idle.ReadGoAwayAsync()).Error);
        Assert.Equal(int.MaxValue, (await busy.ReadAsync(FrameType.GoAway)).Number);
        go.SetResult();
        Assert.Equal("200", (await busy.ReadResponseAsync(1)).Status);
        Assert.Equal(1, (await busy.ReadGoAwayAsync()).Number);
    }

    [Fact]
    public async Task Client_ThatLeaves_EndsItsExchanges()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using (var client = await FrameClient.ConnectAsync(proxy.EndPoint))
        {
            await client.SendGetAsync(1, "/");
            await client.SendGetAsync(3, "/");
            await backend.NextRequestAsync();
            await backend.NextRequestAsync();
        }

        await Eventually.Is(0, () => proxy.Server.ActiveConnections(), "connections");
        await Eventually.Is(2, () => proxy.Server.Metric("sluice_downstream_aborts_total"), "aborts");
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Fact]
    public async Task GoAway_OfTheClient_IsFollowedWhenItsStreamsHaveEnded()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendAsync(FrameType.GoAway, FrameFlags.None, 0, new byte[8]);
        Assert.Equal("200", (await client.GetAsync(1, "/")).Status);

        Assert.Equal((1, Http2Error.NoError), await client.ReadGoAwayAsync() is var last ? (last.Number, last.Error) : default);
    }

    [Fact]
    public async Task TableOfTheClient_MadeSmaller_IsAcknowledgedInTheNextBlock()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint, (SettingId.HeaderTableSize, 0));

        await client.SendGetAsync(1, "/");
        Assert.Equal(0x20, (await client.ReadAsync(FrameType.Headers)).Payload[0]);
        await client.SendGetAsync(3, "/");
        Assert.Equal(0x88, (await client.ReadAsync(FrameType.Headers)).Payload[0]);
    }

    [Fact]
    public async Task LongHead_GoesOutInContinuations()
    {
        var value = new string('v', 30_000);
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nX-Long: {value}\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        Assert.Equal(value, (await client.GetAsync(1, "/"))["x-long"]);
    }

    private sealed class EchoingHandler : ILocalHandler
    {
        public ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
        {
            var body = System.Text.Encoding.ASCII.GetString(request.Body.Span);
            var text = $"{request.Method} {request.Path} {request.Query} {request.Headers["host"]} {body}";
            return new(new LocalResponse(200, "text/plain", System.Text.Encoding.ASCII.GetBytes(text)));
        }
    }
}
