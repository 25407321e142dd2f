using System.Net;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Layer4.Udp;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Runtime;

/// <summary>An address and port that datagrams come to.</summary>
internal sealed class BoundUdpPort : IBoundPort
{
    private readonly int[] _descriptors;
    private readonly PortBinding[] _bindings;
    private readonly UdpListener[] _listeners;

    private BoundUdpPort(IPEndPoint endPoint, WorkerHost[] hosts, int[] descriptors)
    {
        _descriptors = descriptors;
        _bindings = new PortBinding[hosts.Length];
        _listeners = new UdpListener[hosts.Length];
        for (var i = 0; i < hosts.Length; i++)
        {
            _bindings[i] = new PortBinding();
            _listeners[i] = new UdpListener(hosts[i].Worker, hosts[i].Services.Datagrams, _bindings[i], UdpSocket.IsWildcard(endPoint));
        }
    }

    /// <summary>Opens one socket per worker. Null with the reason when the address cannot be had.</summary>
    public static BoundUdpPort? TryOpen(IPEndPoint endPoint, WorkerHost[] hosts, out string? error)
    {
        // As with TCP: ask for the address alone first.
        var probe = UdpSocket.OpenDescriptor(endPoint, shared: false);
        if (probe < 0)
        {
            error = PortError.Describe(-probe, endPoint);
            return null;
        }

        Libc.close(probe);

        // All of them before the first datagram is read: one more changes which socket the kernel gives a client's datagrams to.
        var descriptors = new int[hosts.Length];
        for (var i = 0; i < hosts.Length; i++)
        {
            descriptors[i] = UdpSocket.OpenDescriptor(endPoint, shared: hosts.Length > 1);
            if (descriptors[i] >= 0)
                continue;
            error = PortError.Describe(-descriptors[i], endPoint);
            for (var opened = 0; opened < i; opened++)
                Libc.close(descriptors[opened]);
            return null;
        }

        error = null;
        return new BoundUdpPort(endPoint, hosts, descriptors);
    }

    public void Start(int worker, PortTable? table)
    {
        _bindings[worker].Table = table;
        _listeners[worker].Start(_descriptors[worker]);
    }

    public void Swap(int worker, PortTable table) => _bindings[worker].Table = table;

    /// <summary>The socket stays: replies leave through it. New clients are refused while the worker drains.</summary>
    public void StopListening(int worker)
    {
    }

    public void Remove(int worker)
    {
        _listeners[worker].Stop();
        _bindings[worker].Table = null;
    }
}
