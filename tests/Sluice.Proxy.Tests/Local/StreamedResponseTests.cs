using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Local;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Local;

/// <summary>Bodies that a handler inside the process writes as they come to be.</summary>
public sealed class StreamedResponseTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const int PieceBytes = 16 * 1024;

    /// <summary>Patience that is over long before a stream has been silent for <see cref="Silence"/>.</summary>
    private static readonly ProxyLimits Impatient = new()
    {
        IdleTimeout = TimeSpan.FromMilliseconds(200),
        HeadTimeout = TimeSpan.FromMilliseconds(200),
        BodyTimeout = TimeSpan.FromMilliseconds(20),
        BodyGrace = TimeSpan.FromMilliseconds(20),
        TunnelIdleTimeout = TimeSpan.FromMilliseconds(20),
        UpstreamBodyTimeout = TimeSpan.FromMilliseconds(20),
        HalfCloseTimeout = TimeSpan.FromMilliseconds(20),
    };

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Http1_GetsChunks_AsTheyAreWritten()
    {
        var go = new SemaphoreSlim(0);
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (_, stream, token) =>
        {
            await stream.WriteAsync(DelegateHandler.Bytes("first"), token);
            await go.WaitAsync(token);
            await stream.WriteAsync(DelegateHandler.Bytes("second"), token);
        }));
        await using var client = await RawClient.ConnectAsync(server.EndPoint);

        await client.SendAsync(Get + Get);
        var head = (await client.Reader.ReadHeadAsync())!;
        Assert.Equal("200, text/plain, one, two, chunked", string.Join(", ", [head.Status.ToString(), head["Content-Type"], head["x-more"], head["Transfer-Encoding"]]));
        Assert.Equal("5\r\nfirst\r\n", await client.Reader.ReadExactlyAsync(10));
        go.Release(2);
        Assert.Equal("6\r\nsecond\r\n0\r\n\r\n", await client.Reader.ReadExactlyAsync(16));

        // The connection goes on.
        Assert.Equal("firstsecond", (await client.ReadResponseAsync()).Body);
    }

    [Fact]
    public async Task Http10_GetsTheBodyUpToTheEndOfTheConnection()
    {
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing((_, stream, token) =>
            stream.WriteAsync(DelegateHandler.Bytes("all"), token).AsTask()));
        await using var client = await RawClient.ConnectAsync(server.EndPoint);

        await client.SendAsync("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
        var response = await client.ReadResponseAsync();

        Assert.Equal((null, "close", "all"), (response["Transfer-Encoding"], response["Connection"], response.Body));
    }

    [Fact]
    public async Task Http2_GetsData_AsItIsWritten()
    {
        var go = new SemaphoreSlim(0);
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (_, stream, token) =>
        {
            await stream.WriteAsync(DelegateHandler.Bytes("first"), token);
            await go.WaitAsync(token);
            await stream.WriteAsync(DelegateHandler.Bytes("second"), token);
        }));
        await using var client = await FrameClient.ConnectAsync(server.EndPoint);

        await client.SendGetAsync(1, "/");
        var head = await client.ReadAsync(FrameType.Headers);
        Assert.Contains(":status: 200", head.Fields);
        Assert.Contains("x-more: one", head.Fields);
        Assert.Contains("x-more: two", head.Fields);
        Assert.DoesNotContain(head.Fields, field => field.StartsWith("content-length", StringComparison.Ordinal));
        Assert.Equal("first"u8.ToArray(), (await client.ReadAsync(FrameType.Data)).Payload);
        go.Release();

        Assert.Equal("second"u8.ToArray(), (await client.ReadAsync(FrameType.Data)).Payload);
        Assert.True((await client.ReadAsync(FrameType.Data)).EndsStream);
    }

    [Fact]
    public async Task Head_GetsNoBody_AndTheHandlerWritesNone()
    {
        var written = false;
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing((_, _, _) =>
        {
            written = true;
            return Task.CompletedTask;
        }));
        await using var client = await RawClient.ConnectAsync(server.EndPoint);
        await using var client2 = await FrameClient.ConnectAsync(server.EndPoint);

        Assert.Equal(200, (await client.ExchangeAsync("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(200, (await client.ExchangeAsync("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        await client2.SendHeadersAsync(1, end: true, ":method: HEAD", ":scheme: http", ":path: /", ":authority: a.test");
        Assert.Equal(("200", ""), await client2.ReadResponseAsync(1) is var response ? (response.Status, response.Body) : default);
        Assert.False(written);
    }

    [Fact]
    public async Task WriterThatFails_CutsTheResponse()
    {
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (_, stream, token) =>
        {
            await stream.WriteAsync(DelegateHandler.Bytes("part"), token);
            throw new InvalidOperationException("failed");
        }));
        await using var client = await RawClient.ConnectAsync(server.EndPoint);
        await using var client2 = await FrameClient.ConnectAsync(server.EndPoint);

        await client.SendAsync(Get);
        await client.Reader.ReadHeadAsync();
        Assert.Equal("4\r\npart\r\n", await client.Reader.ReadToEndAsync());
        await client2.SendGetAsync(1, "/");
        Assert.Equal(("part", Http2Error.InternalError), await client2.ReadResponseAsync(1) is var response ? (response.Body, response.Reset) : default);
        Assert.Equal(0, server.Server.Metric("sluice_worker_faults_total"));
    }

    [Fact]
    public async Task SlowReader_MakesTheWriterWait()
    {
        var written = 0;
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (_, stream, token) =>
        {
            for (var i = 0; i < 100; i++)
            {
                await stream.WriteAsync(new byte[PieceBytes], token);
                Interlocked.Increment(ref written);
            }
        }));
        await using var client = await FrameClient.ConnectAsync(server.EndPoint);

        await client.SendGetAsync(1, "/");
        var received = 0;
        while (received < PeerSettings.DefaultWindow)
            received += (await client.ReadAsync(FrameType.Data)).Payload.Length;
        await client.SettleAsync();

        // The window, and one piece that waits behind it.
        Assert.InRange(Volatile.Read(ref written), 0, 1 + (PeerSettings.DefaultWindow / PieceBytes) + 1);
        Assert.False(client.Has(frame => frame.Type == FrameType.Data));
        await client.SendWindowUpdateAsync(0, 100 * PieceBytes);
        await client.SendWindowUpdateAsync(1, 100 * PieceBytes);
        Assert.Equal((100 * PieceBytes) - received, (await client.ReadResponseAsync(1)).Body.Length);
        Assert.Equal(100, written);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatGoes_CancelsTheWriter_AndFailsItsWrites(bool isHttp2)
    {
        var cancelled = new TaskCompletionSource<Exception?>();
        await using var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (_, stream, token) =>
        {
            await stream.WriteAsync(DelegateHandler.Bytes("part"), token);
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            catch (OperationCanceledException)
            {
                cancelled.TrySetResult(await Record.ExceptionAsync(() => stream.WriteAsync(DelegateHandler.Bytes("more"), CancellationToken.None).AsTask()));
            }
        }));
        if (isHttp2)
        {
            await using var client = await FrameClient.ConnectAsync(server.EndPoint);
            await client.SendGetAsync(1, "/");
            await client.ReadAsync(FrameType.Data);
            await client.SendAsync(FrameType.RstStream, FrameFlags.None, 1, 0, 0, 0, 8);
            Assert.IsType<IOException>(await cancelled.Task.Within("the cancellation"));
            return;
        }

        await using var raw = await RawClient.ConnectAsync(server.EndPoint);
        await raw.SendAsync(Get);
        await raw.Reader.ReadHeadAsync();
        await raw.Reader.ReadExactlyAsync(9);
        raw.Reset();
        Assert.IsType<IOException>(await cancelled.Task.Within("the cancellation"));
    }

    [Fact]
    public async Task ClientThatClosesItsSide_IsGone_WhenTheStreamIsSilent()
    {
        var cancelled = new TaskCompletionSource();
        await using var server = await LocalServer.StartAsync(
            DelegateHandler.Writing(async (_, stream, token) =>
            {
                await stream.WriteAsync(DelegateHandler.Bytes("part"), token);
                await using var registration = token.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, token);
            }),
            new ProxyLimits { HalfCloseTimeout = TimeSpan.FromMilliseconds(50), BodyGrace = TimeSpan.FromMilliseconds(50) });
        await using var client = await RawClient.ConnectAsync(server.EndPoint);

        await client.SendAsync(Get);
        await client.Reader.ReadHeadAsync();
        await client.Reader.ReadExactlyAsync(9);
        client.ShutdownSend();

        await cancelled.Task.Within("the cancellation");
    }

    [Fact]
    public async Task EndOfTheServer_EndsWritesToo()
    {
        var failed = new TaskCompletionSource<Exception?>();
        var server = await LocalServer.StartAsync(DelegateHandler.Writing(async (_, stream, _) =>
            failed.SetResult(await Record.ExceptionAsync(async () =>
            {
                while (true)
                    await stream.WriteAsync(new byte[PieceBytes], CancellationToken.None);
            }))));
        await using var client = await RawClient.ConnectAsync(server.EndPoint);
        await client.SendAsync(Get);
        await client.Reader.ReadHeadAsync();

        await server.DisposeAsync();

        Assert.IsType<IOException>(await failed.Task.Within("the write to fail"));
    }

    [Fact]
    public async Task SilentStream_IsLeftAlone()
    {
        var go = new SemaphoreSlim(0);
        await using var server = await LocalServer.StartAsync(
            DelegateHandler.Writing(async (_, stream, token) =>
            {
                await stream.WriteAsync(DelegateHandler.Bytes("first"), token);
                await go.WaitAsync(token);
                await stream.WriteAsync(DelegateHandler.Bytes("last"), token);
            }),
            Impatient);
        await using var client = await RawClient.ConnectAsync(server.EndPoint);
        await using var client2 = await FrameClient.ConnectAsync(server.EndPoint);
        await client.SendAsync(Get);
        await client2.SendGetAsync(1, "/");
        await client2.SendPostAsync(3, "/stream");

        await Task.Delay(Silence, TestContext.Current.CancellationToken);
        go.Release(3);

        Assert.Equal("firstlast", (await client.ReadResponseAsync()).Body);
        Assert.Equal("firstlast", (await client2.ReadResponseAsync(1)).Body);
        Assert.Equal("firstlast", (await client2.ReadResponseAsync(3)).Body);
    }

    [Theory]
    [InlineData("Upper", "value")]
    [InlineData("content-length", "3")]
    [InlineData("x-split", "a\r\nb: c")]
    public async Task FieldThatCannotBeSent_Is500(string name, string value)
    {
        await using var server = await LocalServer.StartAsync(new DelegateHandler((_, _) =>
            ValueTask.FromResult(new LocalResponse(200, "text/plain", default) { Headers = [new(name, value)] })));
        await using var client = await RawClient.ConnectAsync(server.EndPoint);

        var response = await client.ExchangeAsync(Get);

        Assert.Equal(500, response.Status);
        Assert.Contains(name, response.Body, StringComparison.Ordinal);
    }
}
