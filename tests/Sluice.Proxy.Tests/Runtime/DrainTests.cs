using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>Going out of service: what is in flight is finished, or cut when the time is up.</summary>
public sealed class DrainTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task IdleConnections_AreClosed_AndNewOnesRefused()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint), workers: 2);
        await using var used = await proxy.ConnectAsync();
        await used.ExchangeAsync(Get);
        await using var silent = await proxy.ConnectAsync();

        await proxy.Server.DrainAsync(TimeSpan.FromMinutes(5)).Within("the drain");

        await used.ExpectCloseAsync();
        await silent.ExpectCloseAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => proxy.ConnectAsync());
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    [Fact]
    public async Task RequestInFlight_IsFinished_AndSaysThatTheConnectionEnds()
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

        var first = proxy.Server.DrainAsync(TimeSpan.FromMinutes(5));
        var second = proxy.Server.DrainAsync(TimeSpan.FromMinutes(5));
        await Eventually.Holds(() => !CanConnect(proxy), "the proxy listens no more");
        Assert.False(first.IsCompleted);
        goOn.SetResult();
        var response = await client.ReadResponseAsync();

        Assert.Equal(200, response.Status);
        Assert.Equal("close", response["Connection"]);
        await client.ExpectCloseAsync();
        await first.Within("the drain");
        await second.Within("the second drain");
    }

    [Fact]
    public async Task Tunnel_IsCut_WhenTheTimeIsUp()
    {
        var ended = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await connection.ReadToEndAsync();
            ended.SetResult();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

        await proxy.Server.DrainAsync(TimeSpan.FromMilliseconds(300)).Within("the drain");

        await client.ExpectCloseAsync();
        await ended.Task.Within("the backend to be freed");
        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
    }

    private static bool CanConnect(TestProxy proxy)
    {
        try
        {
            using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
            socket.Connect(proxy.EndPoint);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
