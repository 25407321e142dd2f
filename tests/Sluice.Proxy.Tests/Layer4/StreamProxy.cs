using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>A proxy in this process whose one port relays connections. A defect that a worker caught fails the test.</summary>
internal sealed class StreamProxy : IAsyncDisposable
{
    public const string Labels = "gateway=\"test/streams\",listener=\"tcp\"";

    private readonly PortReservation _port = new();
    private readonly ConcurrentQueue<Exception> _faults = new();

    private StreamProxy(ProxyLimits limits, int workers)
    {
        Server = new ProxyServer(new ProxyOptions { Workers = workers, Limits = limits });
        Server.Faulted += _faults.Enqueue;
    }

    public ProxyServer Server { get; }

    public int Port => _port.Port;

    public IPEndPoint EndPoint => _port.EndPoint;

    public static Task<StreamProxy> StartAsync(params Endpoint[] endpoints) => StartAsync(new ProxyLimits(), endpoints);

    public static Task<StreamProxy> StartAsync(ProxyLimits limits, params Endpoint[] endpoints) => StartAsync(limits, 1, Backends(endpoints));

    public static async Task<StreamProxy> StartAsync(ProxyLimits limits, int workers, params (Cluster? Cluster, int Weight)[] backends)
    {
        var proxy = new StreamProxy(limits, workers);
        await proxy.ApplyAsync(backends);
        return proxy;
    }

    public static (Cluster? Cluster, int Weight)[] Backends(params Endpoint[] endpoints) => [(Cluster("echo", endpoints), 1)];

    public static Cluster Cluster(string name, params Endpoint[] endpoints) => new() { Name = $"test/{name}:80", Endpoints = endpoints };

    public Task ApplyAsync(params (Cluster? Cluster, int Weight)[] backends) => ApplyAsync(listener => listener, backends);

    public async Task ApplyAsync(Func<Listener, Listener> change, params (Cluster? Cluster, int Weight)[] backends)
    {
        var result = await Server.ApplyAsync(Configure(change, backends)).Within("the configuration to be applied");
        Assert.True(result.Applied, string.Join("; ", result.Errors.Select(error => error.Message)));
        Assert.Empty(result.Errors);
    }

    public ProxyConfiguration Configure(Func<Listener, Listener> change, params (Cluster? Cluster, int Weight)[] backends) => new()
    {
        Gateway = "test/streams",
        Addresses = ["127.0.0.1"],
        Clusters = [.. backends.Where(backend => backend.Cluster is not null).Select(backend => backend.Cluster!).DistinctBy(cluster => cluster.Name)],
        Listeners =
        [
            change(new Listener
            {
                Name = "tcp",
                Port = Port,
                BindPort = Port,
                Protocol = ListenerProtocol.Tcp,
                Hostname = "",
                Stream = new StreamRoute
                {
                    Route = "TCPRoute/test/route",
                    Backends = [.. backends.Select(backend => new StreamBackend(backend.Cluster?.Name, backend.Weight))],
                },
            }),
        ],
    };

    /// <summary>A connected socket.</summary>
    public async Task<Socket> ConnectAsync(int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(EndPoint).Within("a connection to the proxy");
        return socket;
    }

    public long Ends(string reason) => Server.Metric($"sluice_stream_ends_total{{{Labels},reason=\"{reason}\"}}");

    public Task Ended(string reason, long count = 1) => Eventually.Is(count, () => Ends(reason), $"connections that ended: {reason}");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync().AsTask().Within("the proxy to stop");
        _port.Dispose();
        if (!_faults.IsEmpty)
            throw new InvalidOperationException($"{_faults.Count} defects were caught on a worker; the first:", _faults.First());
    }
}
