using System.Net.Sockets;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>Times that are up, clients that misbehave, and what is left of them.</summary>
[Collection(AloneCollection.Name)]
public sealed class RelayLimitTests
{
    [Fact]
    public async Task SilentRelay_IsReset()
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits { StreamIdleTimeout = TimeSpan.FromMilliseconds(200) }, backend.Endpoint);
        using var client = await proxy.ConnectAsync();
        await client.SendTextAsync("x");
        await client.ReadTextAsync(1);

        await client.ExpectResetAsync();

        await proxy.Ended("idle");
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    /// <summary>One direction is enough to keep both, and a peer that takes what waits is not silent.</summary>
    [Fact]
    public async Task RelayThatMoves_IsKept()
    {
        await using var backend = TcpBackend.Start(async socket =>
        {
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer.AsMemory()) > 0)
            {
            }

            await socket.SendTextAsync("done");
        });
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits { StreamIdleTimeout = TimeSpan.FromMilliseconds(400) }, backend.Endpoint);
        using var client = await proxy.ConnectAsync();
        var until = Environment.TickCount64 + 1500;
        await Eventually.Holds(
            () =>
            {
                client.Send([1]);
                return Environment.TickCount64 > until;
            },
            "enough time");
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("done", await client.ReadToEndAsync());
        Assert.Equal(0, proxy.Ends("idle"));
    }

    [Fact]
    public async Task Drain_LetsRelaysFinish()
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits(), 2, StreamProxy.Backends(backend.Endpoint));
        using var client = await proxy.ConnectAsync();
        await client.SendTextAsync("x");
        await client.ReadTextAsync(1);

        var drain = proxy.Server.DrainAsync(TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => !CanConnect(proxy), "the proxy listens no more");
        await client.SendTextAsync("hello");
        Assert.Equal("hello", await client.ReadTextAsync(5));
        Assert.False(drain.IsCompleted);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await client.ReadToEndAsync());

        await drain.Within("the drain");
    }

    [Fact]
    public async Task Drain_CutsWhatIsLeft()
    {
        var ended = new TaskCompletionSource<Exception?>();
        await using var backend = TcpBackend.Start(async socket =>
        {
            await socket.SendTextAsync("x");
            ended.SetResult(await Record.ExceptionAsync(socket.ReadToEndAsync));
        });
        await using var proxy = await StreamProxy.StartAsync(backend.Endpoint);
        using var client = await proxy.ConnectAsync();
        await client.ReadTextAsync(1);

        await proxy.Server.DrainAsync(TimeSpan.FromMilliseconds(100)).Within("the drain");

        await client.ExpectResetAsync();
        Assert.IsType<SocketException>(await ended.Task.Within("the end at the backend"));
        Assert.Equal(1, proxy.Ends("cut"));
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Fact]
    public async Task TooManyConnections_TheNewestIsClosed()
    {
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits { Connections = 2 }, backend.Endpoint);
        using var first = await proxy.ConnectAsync();
        using var second = await proxy.ConnectAsync();
        await Eventually.Is(2, () => backend.Connections, "connections at the backend");

        using var third = await proxy.ConnectAsync();
        Assert.Equal("", await third.ReadToEndAsync());
        first.Dispose();
        await proxy.Ended("completed");
        using var fourth = await proxy.ConnectAsync();
        await fourth.SendTextAsync("x");
        Assert.Equal("x", await fourth.ReadTextAsync(1));
    }

    /// <summary>Clients that reset at every possible moment leave nothing behind: no connection, no descriptor, no load.</summary>
    [Fact]
    public async Task Resets_LeaveNothingBehind()
    {
        await using var backend = TcpBackend.Echo();
        var before = Descriptors.Count();
        await using (var proxy = await StreamProxy.StartAsync(new ProxyLimits(), 2, StreamProxy.Backends(backend.Endpoint)))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async index =>
            {
                for (var i = 0; i < 60; i++)
                {
                    var client = await proxy.ConnectAsync();
                    switch ((i + index) % 6)
                    {
                        case 0:
                            break;
                        case 1:
                            await client.SendTextAsync("x");
                            break;
                        case 2:
                            await client.SendTextAsync(new string('x', 300_000));
                            break;
                        case 3:
                            await client.SendTextAsync("x");
                            await client.ReadTextAsync(1);
                            break;
                        case 4:
                            client.Shutdown(SocketShutdown.Send);
                            break;
                        default:
                            await client.SendTextAsync(new string('x', 100_000));
                            await client.ReadTextAsync(50_000);
                            client.Shutdown(SocketShutdown.Send);
                            break;
                    }

                    client.Abort();
                }
            }));

            // Some may still wait to be accepted.
            await Eventually.Is(480, () => proxy.Server.Metric($"sluice_stream_connections_total{{{StreamProxy.Labels}}}"), "connections that came");
            await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
            Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
            using var last = await proxy.ConnectAsync();
            await last.SendTextAsync("still here");
            Assert.Equal("still here", await last.ReadTextAsync(10));
        }

        await Descriptors.ExpectNoMoreThan(before);
    }

    /// <summary>Half-open: connections whose backend does not answer and whose clients say nothing. They end with the connect's time.</summary>
    [Fact]
    public async Task ConnectionsThatWaitForABackend_EndWithTheirClients()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        full.Listen(0);
        await using var proxy = await StreamProxy.StartAsync(new Configuration.Endpoint("127.0.0.1", ((System.Net.IPEndPoint)full.LocalEndPoint!).Port));
        var clients = new List<Socket>();
        for (var i = 0; i < 50; i++)
            clients.Add(await proxy.ConnectAsync());
        await Eventually.Is(50, proxy.Server.ActiveConnections, "client connections");

        clients.ForEach(client => client.Abort());

        await proxy.Ended("client reset", 50);
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    private static bool CanConnect(StreamProxy proxy)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(proxy.EndPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
