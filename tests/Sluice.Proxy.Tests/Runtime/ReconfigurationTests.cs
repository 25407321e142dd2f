using System.Collections.Concurrent;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Runtime;

/// <summary>Changes while clients are busy: no request fails, no connection drops.</summary>
public sealed class ReconfigurationTests
{
    private const int Changes = 400;

    private static ScriptedBackend Backend(string name) => ScriptedBackend.Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            if (request["Upgrade"] is null)
            {
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {name.Length + request.Body.Length}\r\n\r\n{name}{request.Body}");
                continue;
            }

            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            string part;
            while ((part = await connection.Reader.ReadSomeAsync()).Length > 0)
                await connection.SendAsync(part);
            return;
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task ManyChanges_UnderLoad_FailNothing(int workers)
    {
        await using var first = Backend("first");
        await using var second = Backend("second");
        await using var third = Backend("third");
        Endpoint[] endpoints = [first.Endpoint, second.Endpoint, third.Endpoint];
        using var port = new PortReservation();
        using var otherPort = new PortReservation();
        await using var server = new ProxyServer(new ProxyOptions { Workers = workers });
        var faults = new ConcurrentQueue<Exception>();
        server.Faulted += faults.Enqueue;
        Assert.True((await server.ApplyAsync(LiveConfiguration.Shape(0, port.Port, otherPort.Port, endpoints))).Applied);

        using var stop = new CancellationTokenSource();
        Task<int>[] clients =
        [
            .. Enumerable.Range(0, 4).Select(index => KeepAliveAsync(port, index % 2 == 0 ? "a.test" : "x.b.test", stop.Token)),
            .. Enumerable.Range(0, 3).Select(index => NewConnectionsAsync(port, index % 2 == 0 ? "a.test" : "x.b.test", stop.Token)),
            .. Enumerable.Range(0, 3).Select(index => TunnelAsync(port, index, stop.Token)),
        ];
        for (var step = 1; step <= Changes; step++)
        {
            var result = await server.ApplyAsync(LiveConfiguration.Shape(step, port.Port, otherPort.Port, endpoints)).Within("a change");
            Assert.Empty(result.Errors);

            // What was applied is what is served from now on.
            await using var client = await RawClient.ConnectAsync(port.EndPoint);
            Assert.Equal($"{step}", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"))["X-Step"]);
            if (clients.FirstOrDefault(task => task.IsFaulted) is { } failed)
                await failed;
        }

        await stop.CancelAsync();
        var requests = await Task.WhenAll(clients).Within("the clients to end");
        Assert.All(requests, count => Assert.True(count > 0, "a client did nothing at all"));
        await Eventually.Is(0, server.ActiveConnections, "connections left");
        Assert.Empty(faults);
        foreach (var reason in new[] { "connect", "reset", "protocol", "truncated", "response timeout" })
            Assert.Equal(0, server.Failures(reason));
    }

    [Fact]
    public async Task RequestInFlight_FinishesWithTheBackendItBeganWith()
    {
        var goOn = new TaskCompletionSource();
        await using var slow = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nbef");
            await goOn.Task;
            await connection.SendAsync("ore");
            Assert.Equal("", await connection.ReadToEndAsync());
        });
        await using var other = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(slow.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var head = await client.Reader.ReadHeadAsync();

        await proxy.ApplyAsync(TestRoutes.All(other.Endpoint));
        Assert.Equal("ok", (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
        goOn.SetResult();

        Assert.Equal("before", (await client.Reader.ReadBodyAsync(head!, untilClose: false)).Body);

        // The removed endpoint's connection is closed as soon as it is free, and this client goes to the new one.
        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
        Assert.Equal(1, slow.Connections);
    }

    [Fact]
    public async Task UnusedConnection_OfARemovedEndpoint_IsClosed_ThatOfAStayingOneIsKept()
    {
        var closed = new TaskCompletionSource();
        await using var going = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
                await connection.SendAsync(ScriptedBackend.Ok);
            closed.SetResult();
        });
        await using var staying = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(going.Endpoint, staying.Endpoint);
        await using var client = await proxy.ConnectAsync();
        for (var i = 0; i < 2; i++)
            await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        await proxy.ApplyAsync(TestRoutes.All(staying.Endpoint));
        await closed.Task.Within("the unused connection to be closed");
        await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal(1, staying.Connections);
    }

    private static async Task<int> KeepAliveAsync(PortReservation port, string host, CancellationToken stop)
    {
        await using var client = await RawClient.ConnectAsync(port.EndPoint);
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            var body = new string('x', count % 5000);
            await client.SendAsync($"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            var response = await client.ReadResponseAsync();
            Assert.Equal(200, response.Status);
            Assert.EndsWith(body, response.Body, StringComparison.Ordinal);
        }

        return count;
    }

    private static async Task<int> NewConnectionsAsync(PortReservation port, string host, CancellationToken stop)
    {
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            await using var client = await RawClient.ConnectAsync(port.EndPoint);
            Assert.Equal(200, (await client.ExchangeAsync($"GET /{count} HTTP/1.1\r\nHost: {host}\r\n\r\n")).Status);
        }

        return count;
    }

    private static async Task<int> TunnelAsync(PortReservation port, int index, CancellationToken stop)
    {
        await using var client = await RawClient.ConnectAsync(port.EndPoint);
        Assert.Equal(101, (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")).Status);
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            var part = $"{index}:{count};";
            await client.SendAsync(part);
            Assert.Equal(part, await client.Reader.ReadExactlyAsync(part.Length));
        }

        return count;
    }
}
