using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>Addresses and ports: bound, moved, refused.</summary>
public sealed class ListenerTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task IPv6_IsServedAndForwardedTo()
    {
        using var backend = new TcpListener(IPAddress.IPv6Loopback, 0);
        backend.Start();
        var port = FreePort(IPAddress.IPv6Loopback);
        await using var server = new ProxyServer(new ProxyOptions { Workers = 2 });
        var result = await server.ApplyAsync(Configure("test/six", port, ["::1"], new Endpoint("::1", ((IPEndPoint)backend.LocalEndpoint).Port)));
        Assert.Empty(result.Errors);

        await using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, port));
        await client.SendAsync(Get);
        using var accepted = await backend.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var request = await new WireReader(accepted).ReadRequestAsync();
        await accepted.SendAsync(Wire.Bytes(ScriptedBackend.Ok));

        Assert.Equal("::1", request!["X-Forwarded-For"]);
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AddressThatCannotBeBound_IsReported_AndTheRestIsServed(int workers)
    {
        await using var backend = ScriptedBackend.Answering();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var takenPort = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var port = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = workers });
        var configuration = Configure("test/gateway", port.Port, ["127.0.0.1", "127.0.0.1", "192.0.2.1", "nonsense"], backend.Endpoint);
        var second = configuration.Listeners[0] with { Name = "second", Port = takenPort, BindPort = takenPort };

        var result = await server.ApplyAsync(configuration with { Listeners = [.. configuration.Listeners, second] });

        Assert.True(result.Applied);
        Assert.Equal(
            [
                ("http", "192.0.2.1 is no address of this machine"),
                ("http", "\"nonsense\" is no IP address"),
                ("second", $"port {takenPort} of 127.0.0.1 is taken by another program"),
                ("second", "192.0.2.1 is no address of this machine"),
                ("second", "\"nonsense\" is no IP address"),
            ],
            result.Errors.Select(error => (error.Listener!, error.Message)));
        await using var client = await RawClient.ConnectAsync(port.EndPoint);
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);

        // The port becomes free: the next change gets it, and the connection that is there stays.
        taken.Stop();
        result = await server.ApplyAsync(configuration with { Addresses = ["127.0.0.1"], Listeners = [.. configuration.Listeners, second] });
        Assert.Empty(result.Errors);
        await using var other = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, takenPort));
        Assert.Equal(200, (await other.ExchangeAsync(Get)).Status);
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task PortThatIsTaken_IsAskedForAgainWithTheSameConfiguration()
    {
        await using var backend = ScriptedBackend.Answering();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        var configuration = Configure("test/gateway", port, ["127.0.0.1"], backend.Endpoint);

        Assert.Single((await server.ApplyAsync(configuration)).Errors);
        taken.Stop();

        Assert.Empty((await server.ApplyAsync(configuration)).Errors);
        await using var client = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task Listeners_ChangePlacesHostsAndPorts_AndAreServedWhereTheyAre()
    {
        await using var backend = ScriptedBackend.Answering();
        using var one = new PortReservation();
        using var two = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = 2 });
        var configuration = Configure("test/gateway", one.Port, ["127.0.0.1"], backend.Endpoint);
        var first = configuration.Listeners[0] with { Name = "first", Hostname = "a.test" };
        var second = configuration.Listeners[0] with { Name = "second", Hostname = "b.test", VirtualHosts = [] };

        await ServesAsync([first, second], one, 200);
        await ServesAsync([second, first], one, 200);
        await ServesAsync([second, first with { Hostname = "c.test" }], one, 404);
        await ServesAsync([second with { Hostname = "c.test" }, first], one, 200);
        await ServesAsync([second, first with { BindPort = two.Port }], one, 404);
        await ServesAsync([second, first with { BindPort = two.Port }], two, 200);
        await ServesAsync([first with { Name = "other" }], one, 200);

        async Task ServesAsync(Listener[] listeners, PortReservation port, int status)
        {
            Assert.Empty((await server.ApplyAsync(configuration with { Listeners = listeners })).Errors);
            await using var client = await RawClient.ConnectAsync(port.EndPoint);
            Assert.Equal(status, (await client.ExchangeAsync(Get)).Status);
        }
    }

    [Fact]
    public async Task ImpossibleConfiguration_IsRefusedWhole()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        var configuration = TestRoutes.All(new Endpoint("127.0.0.1", 0)).Build(proxy.Port);
        var listener = configuration.Listeners[0];

        var result = await proxy.Server.ApplyAsync(configuration with { Listeners = [listener, listener with { BindPort = 70_000 }] });

        Assert.False(result.Applied);
        Assert.Equal(
            [
                ("http", "two listeners are named \"http\"; names must be unique"),
                ("http", "70000 is no port to bind; it must be from 1 to 65535"),
                (null, "cluster test/cluster0:80: 0 is no port of an endpoint; it must be from 1 to 65535"),
            ],
            result.Errors.Select(error => (error.Listener, error.Message)));
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Port_MovesFromOneGatewayToAnother_AgainAndAgain(int workers)
    {
        await using var first = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
        await using var second = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
        using var port = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = workers });

        for (var round = 0; round < 10; round++)
        {
            var (owner, other) = round % 2 == 0 ? ("first", "second") : ("second", "first");
            Assert.Empty((await server.ApplyAsync(Configure($"test/{owner}", port.Port, ["127.0.0.1"], owner == "first" ? first.Endpoint : second.Endpoint))).Errors);
            await using var client = await RawClient.ConnectAsync(port.EndPoint);
            Assert.Equal(owner, (await client.ExchangeAsync(Get)).Body);

            var clash = Assert.Single((await server.ApplyAsync(Configure($"test/{other}", port.Port, ["127.0.0.1"], first.Endpoint))).Errors);
            Assert.Equal("http", clash.Listener);
            Assert.Equal(owner, (await client.ExchangeAsync(Get)).Body);

            // What is idle is closed with its port.
            await server.RemoveAsync($"test/{owner}");
            await client.ExpectCloseAsync();
        }
    }

    [Fact]
    public async Task RemovedGateway_FinishesWhatIsInFlight()
    {
        var goOn = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await goOn.Task;
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.SendAsync(Get);
        await backend.NextRequestAsync();

        await proxy.Server.RemoveAsync("test/gateway");
        goOn.SetResult();
        var response = await client.ReadResponseAsync();

        Assert.Equal("ok", response.Body);
        Assert.Equal("close", response["Connection"]);
        await client.ExpectCloseAsync();
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    private static ProxyConfiguration Configure(string gateway, int port, string[] addresses, params Endpoint[] endpoints) =>
        TestRoutes.All(endpoints).Build(port) with { Gateway = gateway, Addresses = addresses };

    private static int FreePort(IPAddress address)
    {
        using var probe = new TcpListener(address, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
