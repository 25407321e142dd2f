using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>Which backend a connection gets, and what becomes of it when backends and configurations come and go.</summary>
public sealed class RelayEndpointTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Weights_HoldPerConnection(int workers)
    {
        await using var a = TcpBackend.Named("a");
        await using var b = TcpBackend.Named("b");
        await using var c = TcpBackend.Named("c");
        await using var proxy = await StreamProxy.StartAsync(
            new ProxyLimits(),
            workers,
            (StreamProxy.Cluster("a", a.Endpoint), 70),
            (StreamProxy.Cluster("b", b.Endpoint), 30),
            (StreamProxy.Cluster("c", c.Endpoint), 0));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var client = await proxy.ConnectAsync();
                Assert.Contains(await client.ReadToEndAsync(), (string[])["a", "b"]);
            }
        }));

        Assert.InRange(a.Connections, 325, 375);
        Assert.InRange(b.Connections, 125, 175);
        Assert.Equal(500, a.Connections + b.Connections);
    }

    [Fact]
    public async Task ShareOfAMissingBackend_IsClosed()
    {
        await using var backend = TcpBackend.Named("a");
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits(), 1, (StreamProxy.Cluster("a", backend.Endpoint), 1), (null, 1));
        var answers = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            using var client = await proxy.ConnectAsync();
            answers.Add(await client.ReadToEndAsync());
        }

        var closed = answers.Count(answer => answer.Length == 0);
        Assert.InRange(closed, 8, 12);
        Assert.Equal(20 - closed, answers.Count(answer => answer == "a"));
        Assert.Equal(closed, proxy.Ends("no backend"));
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Fact]
    public async Task DeadEndpoint_IsPassedOver_WithWhatWaitsForIt()
    {
        using var dead = ScriptedBackend.Dead();
        await using var backend = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync();
        await proxy.ApplyAsync((StreamProxy.Cluster("echo", new Endpoint("127.0.0.1", dead.Port), backend.Endpoint) with { ProxyProtocol = ProxyProtocolVersion.V1 }, 1));

        for (var i = 0; i < 6; i++)
        {
            using var client = await proxy.ConnectAsync();
            await client.SendTextAsync("hello");
            client.Shutdown(SocketShutdown.Send);
            Assert.Matches(@"^PROXY TCP4 127.0.0.1 127.0.0.1 \d+ \d+\r\nhello$", await client.ReadToEndAsync());
        }

        Assert.Equal(6, backend.Connections);
        Assert.Equal(3, proxy.Server.Failures("connect"));
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    [Fact]
    public async Task OnlyDeadEndpoints_AreTriedOnceEach_UpToTheLimit()
    {
        using var dead = ScriptedBackend.Dead();
        var endpoint = new Endpoint("127.0.0.1", dead.Port);
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits { StreamConnectAttempts = 2 }, endpoint);
        using (var client = await proxy.ConnectAsync())
            Assert.Equal("", await client.ReadToEndAsync());
        Assert.Equal(1, proxy.Server.Failures("connect"));

        await proxy.ApplyAsync((StreamProxy.Cluster("echo", endpoint, new Endpoint("127.0.0.2", dead.Port), new Endpoint("127.0.0.3", dead.Port)), 1));
        using (var client = await proxy.ConnectAsync())
            Assert.Equal("", await client.ReadToEndAsync());

        Assert.Equal(3, proxy.Server.Failures("connect"));
        await proxy.Ended("connect", 2);
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Fact]
    public async Task EndpointThatDoesNotAnswer_IsGivenUp()
    {
        // A queue that is full takes no more connections, and says nothing.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        full.Listen(0);
        var endPoint = (System.Net.IPEndPoint)full.LocalEndPoint!;
        var fillers = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToArray();
        foreach (var filler in fillers)
        {
            try
            {
                filler.Connect(endPoint);
            }
            catch (SocketException)
            {
                // In progress.
            }
        }

        await using var backend = TcpBackend.Named("a");
        await using var proxy = await StreamProxy.StartAsync();
        await proxy.ApplyAsync((StreamProxy.Cluster("a", new Endpoint("127.0.0.1", endPoint.Port), backend.Endpoint) with { ConnectTimeout = TimeSpan.FromMilliseconds(100) }, 1));

        for (var i = 0; i < 2; i++)
        {
            using var client = await proxy.ConnectAsync();
            Assert.Equal("a", await client.ReadToEndAsync());
        }

        Assert.Equal(1, proxy.Server.Failures("connect timeout"));
        Array.ForEach(fillers, filler => filler.Dispose());
    }

    [Fact]
    public async Task LeastRequest_CountsConnections()
    {
        await using var a = TcpBackend.Echo();
        await using var b = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync();
        await proxy.ApplyAsync((StreamProxy.Cluster("echo", a.Endpoint, b.Endpoint) with { LoadBalancing = LoadBalancing.LeastRequest }, 1));
        var clients = new List<Socket>();
        for (var i = 0; i < 20; i++)
        {
            clients.Add(await proxy.ConnectAsync());
            await clients[i].SendTextAsync("x");
            await clients[i].ReadTextAsync(1);
        }

        Assert.Equal((10, 10), (a.Connections, b.Connections));
        Assert.Equal(20, (await proxy.Server.UpstreamCountsAsync()).Active);
        clients.ForEach(client => client.Dispose());
        await proxy.Ended("completed", 20);
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    [Fact]
    public async Task RunningRelay_OutlivesItsEndpoint_ItsRoute_AndItsPort()
    {
        await using var old = TcpBackend.Echo();
        await using var next = TcpBackend.Named("next");
        await using var proxy = await StreamProxy.StartAsync(old.Endpoint);
        using var client = await proxy.ConnectAsync();
        await ExpectEchoAsync("before");

        await proxy.ApplyAsync((StreamProxy.Cluster("echo", next.Endpoint), 1));
        await ExpectEchoAsync("another endpoint");
        await proxy.ApplyAsync((StreamProxy.Cluster("other", next.Endpoint), 1));
        await ExpectEchoAsync("another backend");
        using (var second = await proxy.ConnectAsync())
            Assert.Equal("next", await second.ReadToEndAsync());
        await proxy.ApplyAsync(listener => listener with { Stream = null }, []);
        await ExpectEchoAsync("no backend");
        Assert.True((await proxy.Server.ApplyAsync(proxy.Configure(listener => listener) with { Listeners = [] })).Applied);
        await ExpectEchoAsync("no listener");
        await proxy.Server.RemoveAsync("test/streams");
        await ExpectEchoAsync("no Gateway");
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await client.ReadToEndAsync());

        async Task ExpectEchoAsync(string text)
        {
            await client.SendTextAsync(text);
            Assert.Equal(text, await client.ReadTextAsync(text.Length));
        }
    }

    [Fact]
    public async Task Changes_UnderTraffic_LoseNothing()
    {
        await using var a = TcpBackend.Echo();
        await using var b = TcpBackend.Echo();
        await using var proxy = await StreamProxy.StartAsync(new ProxyLimits(), 2, StreamProxy.Backends(a.Endpoint));
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 6).Select(index => index < 3 ? KeepTalkingAsync() : KeepConnectingAsync()).ToArray();
        for (var step = 0; step < 200; step++)
        {
            (Cluster? Cluster, int Weight)[] backends = (step % 4) switch
            {
                0 => [(StreamProxy.Cluster("echo", b.Endpoint), 1)],
                1 => [(StreamProxy.Cluster("echo", a.Endpoint, b.Endpoint), 1), (StreamProxy.Cluster("second", b.Endpoint), 2)],
                2 => [(StreamProxy.Cluster("second", a.Endpoint), 2)],
                _ => [(StreamProxy.Cluster("echo", a.Endpoint), 1)],
            };
            await proxy.ApplyAsync(backends);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(clients), count => Assert.True(count > 0));
        Assert.Equal(0, proxy.Ends("client reset") + proxy.Ends("backend reset") + proxy.Ends("no backend") + proxy.Ends("connect"));

        async Task<int> KeepTalkingAsync()
        {
            using var client = await proxy.ConnectAsync();
            var count = 0;
            do
            {
                await client.SendTextAsync("hello");
                Assert.Equal("hello", await client.ReadTextAsync(5));
                count++;
            }
            while (!stop.IsCancellationRequested);

            client.Shutdown(SocketShutdown.Send);
            Assert.Equal("", await client.ReadToEndAsync());
            return count;
        }

        async Task<int> KeepConnectingAsync()
        {
            var count = 0;
            do
            {
                using var client = await proxy.ConnectAsync();
                await client.SendTextAsync("hello");
                client.Shutdown(SocketShutdown.Send);
                Assert.Equal("hello", await client.ReadToEndAsync());
                count++;
            }
            while (!stop.IsCancellationRequested);

            return count;
        }
    }
}
