using System.Net.Sockets;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>What goes through a relay, and how its two directions end.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task Bytes_ComeBack()
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();

        await client.SendTextAsync("hello");
        Assert.Equal("hello", await client.ReadTextAsync(5));
        await client.SendTextAsync("again");
        Assert.Equal("again", await client.ReadTextAsync(5));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await client.ReadToEndAsync());

        await proxy.Ended("completed");
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
        Assert.Equal(10, proxy.Server.Metric($"sluice_stream_bytes_total{{{StreamProxy.Labels},direction=\"received\"}}"));
        Assert.Equal(10, proxy.Server.Metric($"sluice_stream_bytes_total{{{StreamProxy.Labels},direction=\"sent\"}}"));
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    [Fact]
    public async Task Backend_MaySpeakFirst()
    {
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.SendTextAsync("220 ready\r\n");
            Assert.Equal("QUIT", await socket.ReadTextAsync(4));
        });
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();

        Assert.Equal("220 ready\r\n", await client.ReadTextAsync(11));
        await client.SendTextAsync("QUIT");
        Assert.Equal("", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task ClientThatHasEnded_GetsTheAnswer()
    {
        await using var backend = TcpBackend.Start(async socket => await socket.SendTextAsync("got " + await socket.ReadToEndAsync()));
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();

        await client.SendTextAsync("all");
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("got all", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task BackendThatHasEnded_GetsTheRest()
    {
        var rest = new TaskCompletionSource<string>();
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.SendTextAsync("bye");
            socket.Shutdown(SocketShutdown.Send);
            rest.SetResult(await socket.ReadToEndAsync());
        });
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();

        Assert.Equal("bye", await client.ReadToEndAsync());
        await client.SendTextAsync("not yet");
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("not yet", await rest.Task.Within("the rest at the backend"));
        await proxy.Ended("completed");
    }

    [Fact]
    public async Task Reset_OfTheClient_ReachesTheBackend()
    {
        var ended = new TaskCompletionSource<Exception?>();
        await using var backend = TcpBackend.Start(async socket => ended.SetResult(await Record.ExceptionAsync(async () =>
        {
            await socket.SendTextAsync("x");
            await socket.ReadToEndAsync();
        })));
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();
        await client.ReadTextAsync(1);

        client.Abort();

        var error = Assert.IsType<SocketException>(await ended.Task.Within("the end at the backend"));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        await proxy.Ended("client reset");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reset_OfTheBackend_ReachesTheClient(bool clientHasEnded)
    {
        var goOn = new TaskCompletionSource();
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.SendTextAsync("x");
            if (clientHasEnded)
                await socket.ReadToEndAsync();
            await goOn.Task;
            socket.Abort();
        });
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();
        await client.ReadTextAsync(1);
        if (clientHasEnded)
            client.Shutdown(SocketShutdown.Send);

        goOn.SetResult();

        await client.ExpectResetAsync();
        await proxy.Ended("backend reset");
    }

    [Fact]
    public async Task Reset_OfAClientThatHasEnded_EndsTheRelay()
    {
        var sawEnd = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.ReadToEndAsync();
            sawEnd.SetResult();
            await goOn.Task;
            await socket.SendTextAsync("x");
        });
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        var client = await proxy.ConnectAsync();
        client.Shutdown(SocketShutdown.Send);
        await sawEnd.Task.Within("the end at the backend");

        client.Abort();

        // The backend says nothing that could not be sent: the reset itself ends the relay.
        await proxy.Ended("client reset");
        goOn.SetResult();
    }

    /// <summary>A backend that answers and closes without having read everything resets the connection behind its answer.</summary>
    [Fact]
    public async Task AnswerInFrontOfAReset_IsDelivered()
    {
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.ReadTextAsync(1);
            await socket.SendTextAsync("rejected");
        });
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();

        await client.SendTextAsync("x" + new string('y', 100_000));

        Assert.Equal("rejected", await client.ReadTextAsync(8));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BackendThatDoesNotRead_PausesTheClient(bool fromBackend)
    {
        var goOn = new TaskCompletionSource();
        var received = new TaskCompletionSource<long>();
        const int Chunk = 1 << 20;
        const int Chunks = 64;
        await using var backend = TcpBackend.Start(
            async socket =>
            {
                if (fromBackend)
                {
                    for (var i = 0; i < Chunks; i++)
                        await socket.SendAllAsync(new byte[Chunk]);
                    socket.Shutdown(SocketShutdown.Send);
                    await socket.ReadToEndAsync();
                    return;
                }

                await goOn.Task;
                received.SetResult(await CountToEndAsync(socket));
            },
            receiveBuffer: 32 * 1024);
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync(receiveBuffer: 32 * 1024);
        if (fromBackend)
        {
            await WaitForStandstill(proxy, "sent");
            Assert.Equal((long)Chunk * Chunks, await CountToEndAsync(client));
            return;
        }

        var sending = SendAsync();
        await WaitForStandstill(proxy, "received");
        Assert.False(sending.IsCompleted);
        goOn.SetResult();
        await sending.Within("the client to send all");
        Assert.Equal((long)Chunk * Chunks, await received.Task.Within("the end at the backend"));

        async Task SendAsync()
        {
            for (var i = 0; i < Chunks; i++)
                await client.SendAllAsync(new byte[Chunk]);
            client.Shutdown(SocketShutdown.Send);
        }
    }

    /// <summary>Nothing more is read, though most of it has not been: what waits is bounded by the buffers of the sockets and one of ours.</summary>
    private static async Task WaitForStandstill(StreamProxy proxy, string direction)
    {
        long Passed() => proxy.Server.Metric($"sluice_stream_bytes_total{{{StreamProxy.Labels},direction=\"{direction}\"}}");
        await Eventually.Holds(() => proxy.Server.Metric($"sluice_stream_connections_total{{{StreamProxy.Labels}}}") > 0 && Passed() > 0, "the first bytes");
        var same = 0;
        var last = 0L;
        await Eventually.Holds(
            () =>
            {
                var now = Passed();
                same = now == last ? same + 1 : 0;
                last = now;
                return same >= 20;
            },
            "nothing moves any more");
        Assert.InRange(last, 1, 16 << 20);
    }

    private static async Task<long> CountToEndAsync(Socket socket)
    {
        var buffer = new byte[256 * 1024];
        long sum = 0;
        int count;
        while ((count = await socket.ReceiveAsync(buffer.AsMemory()).AsTask().Within("the end of the stream")) > 0)
            sum += count;
        return sum;
    }
}
