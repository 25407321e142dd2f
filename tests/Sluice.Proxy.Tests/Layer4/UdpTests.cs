using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>Datagrams: every client socket has its backend, and gets what that one answers.</summary>
public sealed class UdpTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1400)]
    [InlineData(9000)]
    [InlineData(65507)]
    public async Task Datagrams_ComeBackAsTheyWere(int size)
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(backend.Endpoint);
        using var client = proxy.Connect();
        var datagram = new byte[size];
        Random.Shared.NextBytes(datagram);

        for (var i = 0; i < 3; i++)
            Assert.Equal(datagram, await ExchangeAsync(client, datagram));

        Assert.Equal(1, proxy.Metric("sluice_udp_sessions_total"));
        Assert.Equal(3, proxy.Server.Metric($"sluice_udp_datagrams_total{{{UdpProxy.Labels},direction=\"received\"}}"));
        Assert.Equal(3L * size, proxy.Server.Metric($"sluice_udp_bytes_total{{{UdpProxy.Labels},direction=\"sent\"}}"));
    }

    [Fact]
    public async Task SeveralAnswers_ToOneDatagram_AllArrive()
    {
        await using var backend = UdpBackend.Start(datagram => Enumerable.Range(0, 100).Select(i => new byte[] { (byte)i }));
        await using var proxy = await UdpProxy.StartAsync(backend.Endpoint);
        using var client = proxy.Connect();

        await client.SendAsync(new byte[] { 1 });

        for (var i = 0; i < 100; i++)
            Assert.Equal([(byte)i], await client.ReceiveDatagramAsync());
    }

    /// <summary>What one client sends in a burst goes on with few system calls, in order.</summary>
    [Fact]
    public async Task Burst_OfOneClient_KeepsItsOrder()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(backend.Endpoint);
        using var client = proxy.Connect();
        client.ReceiveBufferSize = 1 << 20;

        for (var i = 0; i < 200; i++)
            client.Send([(byte)i]);

        for (var i = 0; i < 200; i++)
            Assert.Equal([(byte)i], await client.ReceiveDatagramAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Weights_HoldPerClientSocket_AndNothingIsLost(int workers)
    {
        await using var a = UdpBackend.Named("a");
        await using var b = UdpBackend.Named("b");
        await using var c = UdpBackend.Named("c");
        await using var proxy = await UdpProxy.StartAsync(
            new ProxyLimits(),
            workers,
            (StreamProxy.Cluster("a", a.Endpoint), 70),
            (StreamProxy.Cluster("b", b.Endpoint), 30),
            (StreamProxy.Cluster("c", c.Endpoint), 0));
        var counts = new int[256];

        // All of them at once: a port that was free again would be the same client.
        var clients = Enumerable.Range(0, 500).Select(_ => proxy.Connect()).ToArray();
        await Task.WhenAll(clients.Chunk(50).Select(async some =>
        {
            foreach (var client in some)
            {
                var first = await ExchangeAsync(client, [1]);
                var second = await ExchangeAsync(client, [2]);
                Assert.Equal(first[0], second[0]);
                Interlocked.Increment(ref counts[first[0]]);
            }
        }));

        Assert.InRange(counts['a'], 325, 375);
        Assert.InRange(counts['b'], 125, 175);
        Assert.Equal(0, counts['c']);
        Assert.Equal(500, proxy.Metric("sluice_udp_sessions_total"));
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Session_KeepsItsEndpoint_UntilItIsGone()
    {
        await using var a = UdpBackend.Named("a");
        await using var b = UdpBackend.Named("b");
        await using var proxy = await UdpProxy.StartAsync(a.Endpoint, b.Endpoint);
        using var client = proxy.Connect();
        var first = (await ExchangeAsync(client, [1]))[0];
        var (chosen, other) = first == 'a' ? (a, b) : (b, a);

        // An endpoint more, in another order: nothing changes for the client.
        await using var third = UdpBackend.Named("c");
        await proxy.ApplyAsync((StreamProxy.Cluster("echo", third.Endpoint, other.Endpoint, chosen.Endpoint), 1));
        for (var i = 0; i < 5; i++)
            Assert.Equal(first, (await ExchangeAsync(client, [1]))[0]);

        await proxy.ApplyAsync((StreamProxy.Cluster("echo", other.Endpoint), 1));
        Assert.Equal((byte)(first == 'a' ? 'b' : 'a'), (await ExchangeAsync(client, [1]))[0]);
    }

    [Fact]
    public async Task Session_FollowsItsRoute_ToAnotherService()
    {
        await using var a = UdpBackend.Named("a");
        await using var b = UdpBackend.Named("b");
        var (one, two) = (StreamProxy.Cluster("a", a.Endpoint), StreamProxy.Cluster("b", b.Endpoint));
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits(), 1, (one, 1), (two, 0));
        using var client = proxy.Connect();
        Assert.Equal((byte)'a', (await ExchangeAsync(client, [1]))[0]);

        // The Service is still there, only this route does not lead to it any more.
        await proxy.ApplyAsync((one, 0), (two, 1));
        Assert.Equal((byte)'b', (await ExchangeAsync(client, [1]))[0]);

        // Its share is as good as any other: the client stays where it is.
        await proxy.ApplyAsync((one, 1000), (two, 1));
        Assert.Equal((byte)'b', (await ExchangeAsync(client, [1]))[0]);
    }

    [Fact]
    public async Task RefusingEndpoint_IsLeft_WithTheNextDatagram()
    {
        var dead = UdpProxy.FreePort();
        await using var alive = UdpBackend.Named("a");
        await using var proxy = await UdpProxy.StartAsync(new Endpoint("127.0.0.1", dead), alive.Endpoint);

        for (var i = 0; i < 4; i++)
        {
            using var client = proxy.Connect();
            var answer = await AskUntilAnsweredAsync(client);
            Assert.Equal((byte)'a', answer[0]);
        }

        Assert.True(proxy.Server.Failures("connect") > 0);
    }

    [Fact]
    public async Task OnlyEndpoint_ThatComesBack_IsUsedAgain()
    {
        var port = UdpProxy.FreePort();
        await using var proxy = await UdpProxy.StartAsync(new Endpoint("127.0.0.1", port));
        using var client = proxy.Connect();
        await client.SendAsync(new byte[] { 1 });
        await Eventually.Holds(() => proxy.Server.Failures("connect") > 0, "the refusal");

        await using var backend = UdpBackend.Echo(port);

        Assert.Equal([7], await AskUntilAnsweredAsync(client, 7));
        Assert.Equal(1, proxy.Metric("sluice_udp_sessions_total"));
    }

    [Fact]
    public async Task NoBackend_DropsAndCounts()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits(), 1, (null, 1));
        using var client = proxy.Connect();

        await client.SendAsync(new byte[] { 1 });
        await Eventually.Is(1, () => proxy.Dropped("no backend"), "dropped datagrams");
        await proxy.ApplyAsync((StreamProxy.Cluster("empty"), 1));
        await client.SendAsync(new byte[] { 1 });
        await Eventually.Is(2, () => proxy.Dropped("no backend"), "dropped datagrams");
        await proxy.ApplyAsync();
        await client.SendAsync(new byte[] { 1 });
        await Eventually.Is(3, () => proxy.Dropped("no backend"), "dropped datagrams");

        await proxy.ApplyAsync((StreamProxy.Cluster("echo", backend.Endpoint), 1));
        Assert.Equal([5], await ExchangeAsync(client, [5]));
    }

    [Fact]
    public async Task SilentSession_IsForgotten()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits { UdpSessionTimeout = TimeSpan.FromMilliseconds(50) }, 1, StreamProxy.Backends(backend.Endpoint));
        using var client = proxy.Connect();
        await AskUntilAnsweredAsync(client);

        await Eventually.Is(0, () => proxy.Metric("sluice_udp_sessions_active"), "sessions");
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);

        // On a busy machine a session may end before its answer has come, as any that is silent.
        var before = proxy.Metric("sluice_udp_sessions_total");
        using var other = proxy.Connect();
        Assert.Equal([2], await AskUntilAnsweredAsync(other, 2));
        Assert.True(proxy.Metric("sluice_udp_sessions_total") > before);
    }

    /// <summary>A flood of made-up clients cannot push out one that talks.</summary>
    [Fact]
    public async Task TooManySessions_TheOneThatWasSilentForTheLongestGoes()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits { UdpSessions = 4 }, 1, StreamProxy.Backends(backend.Endpoint));
        using var steady = proxy.Connect();
        await ExchangeAsync(steady, [1]);
        for (var i = 0; i < 20; i++)
        {
            using var other = proxy.Connect();
            await ExchangeAsync(other, [2]);
            await ExchangeAsync(steady, [3]);
        }

        Assert.Equal(21, proxy.Metric("sluice_udp_sessions_total"));
        Assert.Equal(17, proxy.Metric("sluice_udp_sessions_evicted_total"));
        Assert.Equal(4, proxy.Metric("sluice_udp_sessions_active"));
    }

    [Fact]
    public async Task TcpAndUdp_ShareAPortNumber()
    {
        await using var datagrams = UdpBackend.Echo();
        await using var streams = TcpBackend.Echo();
        using var port = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = 2 });
        var udp = new Listener
        {
            Name = "udp",
            Port = port.Port,
            BindPort = port.Port,
            Protocol = ListenerProtocol.Udp,
            Hostname = "",
            Stream = new StreamRoute { Route = "UDPRoute/test/a", Backends = [new StreamBackend("test/udp:1", 1)] },
        };
        var tcp = udp with
        {
            Name = "tcp",
            Protocol = ListenerProtocol.Tcp,
            Stream = new StreamRoute { Route = "TCPRoute/test/a", Backends = [new StreamBackend("test/tcp:1", 1)] },
        };
        var configuration = new ProxyConfiguration
        {
            Gateway = "test/both",
            Addresses = ["127.0.0.1"],
            Clusters = [new Cluster { Name = "test/udp:1", Endpoints = [datagrams.Endpoint] }, new Cluster { Name = "test/tcp:1", Endpoints = [streams.Endpoint] }],
            Listeners = [udp, tcp],
        };
        Assert.Empty((await server.ApplyAsync(configuration)).Errors);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(port.EndPoint);
        Assert.Equal([1], await ExchangeAsync(client, [1]));
        using (var stream = await RawConnectAsync(port.EndPoint))
        {
            await stream.SendTextAsync("hi");
            Assert.Equal("hi", await stream.ReadTextAsync(2));
        }

        // Each of them goes alone.
        Assert.Empty((await server.ApplyAsync(configuration with { Listeners = [udp] })).Errors);
        Assert.Equal([2], await ExchangeAsync(client, [2]));
        await Assert.ThrowsAsync<SocketException>(() => RawConnectAsync(port.EndPoint));
        Assert.Empty((await server.ApplyAsync(configuration with { Listeners = [tcp] })).Errors);
        using (var stream = await RawConnectAsync(port.EndPoint))
        {
            await stream.SendTextAsync("ho");
            Assert.Equal("ho", await stream.ReadTextAsync(2));
        }

        await client.SendAsync(new byte[] { 3 });
        await Assert.ThrowsAsync<SocketException>(client.ReceiveDatagramAsync);
    }

    /// <summary>On a socket for all addresses, the answer leaves from the one that the client asked.</summary>
    [Fact]
    public async Task AnswersOfAWildcard_ComeFromTheAddressThatWasAsked()
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits(), 1, "0.0.0.0", StreamProxy.Backends(backend.Endpoint));
        using var other = proxy.Connect("127.0.0.7");
        using var client = proxy.Connect();

        Assert.Equal([4], await ExchangeAsync(other, [4]));
        Assert.Equal([5], await ExchangeAsync(client, [5]));
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task IPv6_IsServed(string address)
    {
        await using var backend = UdpBackend.Echo();
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits(), 1, address, StreamProxy.Backends(backend.Endpoint));
        using var first = proxy.Connect("::1");
        using var second = proxy.Connect("::1");

        for (byte i = 0; i < 3; i++)
        {
            Assert.Equal([1, i], await ExchangeAsync(first, [1, i]));
            Assert.Equal([2, i], await ExchangeAsync(second, [2, i]));
        }

        Assert.Equal(2, proxy.Metric("sluice_udp_sessions_total"));
    }

    [Fact]
    public async Task TakenPort_IsReported()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        await using var proxy = await UdpProxy.StartAsync(new ProxyLimits(), 2);
        var configuration = proxy.Configure();

        var result = await proxy.Server.ApplyAsync(configuration with { Listeners = [configuration.Listeners[0] with { BindPort = port }] });

        Assert.Equal($"port {port} of 127.0.0.1 is taken by another program", Assert.Single(result.Errors).Message);
    }

    [Fact]
    public async Task Drain_WaitsForAnAnswer_AndTakesNoNewClients()
    {
        var goOn = new TaskCompletionSource();
        await using var backend = UdpBackend.Start(async datagram =>
        {
            await goOn.Task.Within("the test to go on");
            return [datagram];
        });
        await using var proxy = await UdpProxy.StartAsync(backend.Endpoint);
        using var client = proxy.Connect();
        await client.SendAsync(new byte[] { 1 });
        await Eventually.Is(1, () => backend.Received, "datagrams at the backend");

        var drain = proxy.Server.DrainAsync(TimeSpan.FromMinutes(5));
        await Eventually.Holds(
            () =>
            {
                // Each time another: the first may come before the drain has begun.
                using var late = proxy.Connect();
                late.Send([2]);
                return proxy.Dropped("draining") > 0;
            },
            "a new client to be refused");
        goOn.SetResult();

        Assert.Equal([1], await client.ReceiveDatagramAsync());
        await drain.Within("the drain");
    }

    private static async Task<byte[]> ExchangeAsync(Socket client, byte[] datagram)
    {
        await client.SendAsync(datagram);
        return await client.ReceiveDatagramAsync();
    }

    /// <summary>Asks again and again, as every client of UDP does, until there is an answer.</summary>
    private static async Task<byte[]> AskUntilAnsweredAsync(Socket client, byte content = 1)
    {
        var answer = client.ReceiveDatagramAsync();
        await Eventually.Holds(
            () =>
            {
                if (!answer.IsCompleted)
                    client.Send([content]);
                return answer.IsCompleted;
            },
            "an answer");
        return await answer;
    }

    private static async Task<Socket> RawConnectAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
