using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>A proxy in this process whose one port relays datagrams. A defect that a worker caught fails the test.</summary>
internal sealed class UdpProxy : IAsyncDisposable
{
    public const string Labels = "gateway=\"test/datagrams\",listener=\"udp\"";

    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly string _address;

    private UdpProxy(ProxyLimits limits, int workers, string address)
    {
        _address = address;
        Server = new ProxyServer(new ProxyOptions { Workers = workers, Limits = limits });
        Server.Faulted += _faults.Enqueue;
    }

    public ProxyServer Server { get; }

    public int Port { get; private set; }

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    public static Task<UdpProxy> StartAsync(params Endpoint[] endpoints) => StartAsync(new ProxyLimits(), 1, (StreamProxy.Cluster("echo", endpoints), 1));

    public static Task<UdpProxy> StartAsync(ProxyLimits limits, int workers, params (Cluster? Cluster, int Weight)[] backends) =>
        StartAsync(limits, workers, "127.0.0.1", backends);

    public static async Task<UdpProxy> StartAsync(ProxyLimits limits, int workers, string address, params (Cluster? Cluster, int Weight)[] backends)
    {
        // A port of UDP cannot be reserved for somebody else: a free one is asked for until nobody was faster.
        while (true)
        {
            var proxy = new UdpProxy(limits, workers, address) { Port = FreePort() };
            var result = await proxy.Server.ApplyAsync(proxy.Configure(backends)).Within("the configuration to be applied");
            if (result.Errors.Count == 0)
                return proxy;
            Assert.Contains("is taken", result.Errors[0].Message, StringComparison.Ordinal);
            await proxy.DisposeAsync();
        }
    }

    public async Task ApplyAsync(params (Cluster? Cluster, int Weight)[] backends)
    {
        var result = await Server.ApplyAsync(Configure(backends)).Within("the configuration to be applied");
        Assert.True(result.Applied);
        Assert.Empty(result.Errors);
    }

    public ProxyConfiguration Configure(params (Cluster? Cluster, int Weight)[] backends) => new()
    {
        Gateway = "test/datagrams",
        Addresses = [_address],
        Clusters = [.. backends.Where(backend => backend.Cluster is not null).Select(backend => backend.Cluster!)],
        Listeners =
        [
            new Listener
            {
                Name = "udp",
                Port = Port,
                BindPort = Port,
                Protocol = ListenerProtocol.Udp,
                Hostname = "",
                Stream = backends.Length == 0 ? null : new StreamRoute
                {
                    Route = "UDPRoute/test/route",
                    Backends = [.. backends.Select(backend => new StreamBackend(backend.Cluster?.Name, backend.Weight))],
                },
            },
        ],
    };

    /// <summary>A client socket that talks to the proxy only.</summary>
    public Socket Connect(string address = "127.0.0.1")
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), Port);
        var socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(endPoint);
        return socket;
    }

    public long Metric(string name) => Server.Metric($"{name}{{{Labels}}}");

    public long Dropped(string reason) => Server.Metric($"sluice_udp_dropped_total{{{Labels},reason=\"{reason}\"}}");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().AsTask().Within("the proxy to stop");
        if (!_faults.IsEmpty)
            throw new InvalidOperationException($"{_faults.Count} defects were caught on a worker; the first:", _faults.First());
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
