using System.Net;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Local;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Runtime;

/// <summary>An address and port that connections come to.</summary>
internal sealed class BoundPort : IBoundPort
{
    private readonly WorkerHost[] _hosts;
    private readonly int[] _descriptors;
    private readonly PortBinding[] _bindings;
    private readonly ListenSocket[] _sockets;

    private BoundPort(IPEndPoint endPoint, WorkerHost[] hosts, int[] descriptors, ILocalHandler? handler)
    {
        EndPoint = endPoint;
        _hosts = hosts;
        _descriptors = descriptors;
        _bindings = new PortBinding[hosts.Length];
        _sockets = new ListenSocket[hosts.Length];
        for (var i = 0; i < hosts.Length; i++)
        {
            _bindings[i] = new PortBinding { Handler = handler };
            _sockets[i] = new ListenSocket(hosts[i].Worker, new ClientAcceptor(_bindings[i], hosts[i].Services));
        }
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Opens one socket per worker. Null with the reason when the address cannot be had.</summary>
    public static BoundPort? TryOpen(IPEndPoint endPoint, WorkerHost[] hosts, ILocalHandler? handler, out string? error)
    {
        // Sockets that share an address would silently share it with another process too: ask for it alone first.
        var probe = ListenSocket.OpenDescriptor(endPoint, shared: false, out var bound);
        if (probe < 0)
        {
            error = PortError.Describe(-probe, endPoint);
            return null;
        }

        Libc.close(probe);

        // The address as given, whose scope (fe80::…%eth0) getsockname's text form would lose.
        var own = new IPEndPoint(endPoint.Address, bound.Port);
        var descriptors = new int[hosts.Length];
        for (var i = 0; i < hosts.Length; i++)
        {
            descriptors[i] = ListenSocket.OpenDescriptor(own, shared: hosts.Length > 1, out _);
            if (descriptors[i] >= 0)
                continue;
            error = PortError.Describe(-descriptors[i], endPoint);
            for (var opened = 0; opened < i; opened++)
                Libc.close(descriptors[opened]);
            return null;
        }

        error = null;
        return new BoundPort(own, hosts, descriptors, handler);
    }

    /// <summary>Begins to accept on every worker.</summary>
    public async Task StartAsync(PortTable? table)
    {
        for (var i = 0; i < _hosts.Length; i++)
        {
            var index = i;
            await _hosts[i].Worker.InvokeAsync(() => Start(index, table)).ConfigureAwait(false);
        }
    }

    public void Start(int worker, PortTable? table)
    {
        _bindings[worker].Table = table;
        _sockets[worker].Start(_descriptors[worker]);
    }

    public void Swap(int worker, PortTable table) => _bindings[worker].Table = table;

    public void StopListening(int worker) => _sockets[worker].Stop();

    public void Remove(int worker)
    {
        _sockets[worker].Stop();
        _bindings[worker].Table = null;
        _hosts[worker].CloseIdle(_bindings[worker]);
    }
}
