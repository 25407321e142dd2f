using System.Collections.Concurrent;
using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Tests.Support;

/// <summary>A proxy in this process with one listener on a free loopback port. A defect that a worker caught fails the test.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private readonly PortReservation _port;
    private readonly ConcurrentQueue<Exception> _faults = new();

    private TestProxy(ProxyServer server, PortReservation port)
    {
        Server = server;
        _port = port;
        server.Faulted += _faults.Enqueue;
    }

    public ProxyServer Server { get; }

    public IPEndPoint EndPoint => _port.EndPoint;

    public int Port => _port.Port;

    /// <summary>Every request goes to one of these endpoints.</summary>
    public static Task<TestProxy> StartAsync(params Endpoint[] endpoints) => StartAsync(new ProxyLimits(), endpoints);

    public static Task<TestProxy> StartAsync(ProxyLimits limits, params Endpoint[] endpoints) =>
        StartAsync(limits, TestRoutes.All(endpoints));

    public static async Task<TestProxy> StartAsync(ProxyLimits limits, TestRoutes routes, int workers = 1, SessionKey? sessionKey = null, MetricsDetail detail = MetricsDetail.Listener, TimeProvider? clock = null)
    {
        var port = new PortReservation();
        var server = new ProxyServer(new ProxyOptions { Workers = workers, Limits = limits, SessionKey = sessionKey, MetricsDetail = detail, Clock = clock ?? TimeProvider.System });
        var result = await server.ApplyAsync(routes.Build(port.Port)).Within("the configuration to be applied");
        Assert.True(result.Applied, string.Join("; ", result.Errors.Select(error => error.Message)));
        return new TestProxy(server, port);
    }

    public async Task ApplyAsync(TestRoutes routes)
    {
        var result = await Server.ApplyAsync(routes.Build(Port)).Within("the configuration to be applied");
        Assert.True(result.Applied);
    }

    public Task<RawClient> ConnectAsync(int receiveBuffer = 0) => RawClient.ConnectAsync(EndPoint, receiveBuffer);

    /// <summary>One request on a connection of its own.</summary>
    public async Task<WireMessage> ExchangeAsync(string request)
    {
        await using var client = await ConnectAsync();
        return await client.ExchangeAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().AsTask().Within("the proxy to stop");
        _port.Dispose();
        if (!_faults.IsEmpty)
            throw new InvalidOperationException($"{_faults.Count} defects were caught on a worker; the first:", _faults.First());
    }
}
