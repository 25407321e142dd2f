using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Layer4.ProxyProtocol;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Layer4;

/// <summary>Begins the relays of one worker, and keeps the objects of relays and of what may come before them. Touched by its worker only.</summary>
internal sealed class RelayServices
{
    /// <summary>Objects of each kind kept for reuse.</summary>
    private const int KeptObjects = 1024;

    private readonly Worker _worker;
    private readonly WorkerServices _services;
    private readonly Stack<RelayClient> _freeClients = new();
    private readonly Stack<RelayUpstream> _freeUpstreams = new();
    private readonly Stack<ProxyHeaderConnection> _freeHeaders = new();
    private readonly List<RelayClient> _retiredClients = [];
    private readonly List<RelayUpstream> _retiredUpstreams = [];
    private readonly List<ProxyHeaderConnection> _retiredHeaders = [];

    public RelayServices(Worker worker, WorkerServices services)
    {
        _worker = worker;
        _services = services;
        IdleTimeout = (long)Math.Max(1, services.Limits.StreamIdleTimeout.TotalMilliseconds);
        HeaderTimeout = (long)Math.Max(1, services.Limits.ProxyHeaderTimeout.TotalMilliseconds);
        worker.TurnStarting += Recycle;
    }

    public ProxyLimits Limits => _services.Limits;

    public WorkerMetrics Metrics => _services.Metrics;

    public long IdleTimeout { get; }

    /// <summary>Milliseconds that a PROXY protocol header may take.</summary>
    public long HeaderTimeout { get; }

    public long LingerTimeout => _services.LingerTimeout;

    /// <summary>
    /// The backend of one connection, by the route's weights. Null when that share has none, or no endpoints: the connection is
    /// then to be closed, before a word of TLS (<see cref="Refuse"/> counts it).
    /// </summary>
    public WorkerCluster? Choose(RuntimeStreamRoute? route, PortTable table)
    {
        var cluster = route is null ? null : table.Cluster(route.Choose())?.For(_worker);
        return cluster is { EndpointCount: > 0, Cluster.TlsProblem: null } ? cluster : null;
    }

    /// <summary>Counts a connection that is closed because <see cref="Choose"/> found no backend.</summary>
    /// <param name="listener">The listener that it came to.</param>
    /// <param name="descriptor">The connection's.</param>
    public void Refuse(RuntimeListener listener, int descriptor)
    {
        if (RelayRecord.Begin(listener, _worker) is { } record)
        {
            ClientFacts.TakePeer(record.Record, descriptor);
            record.End(RelayEnd.NoBackend);
        }

        var counters = Counters(listener);
        counters.Begun++;
        counters.Ends[(int)RelayEnd.NoBackend]++;
    }

    /// <summary>Relays an accepted connection on a port for TCP.</summary>
    public void Accept(int descriptor, PortBinding binding, PortTable table)
    {
        if (Choose(table.OnlyListener.Stream, table) is { } cluster)
        {
            RentClient().Accept(descriptor, binding, table.OnlyListener, Counters(table.OnlyListener), cluster);
            return;
        }

        Refuse(table.OnlyListener, descriptor);
        Libc.close(descriptor);
        _services.OnDownstreamClosed();
    }

    /// <summary>
    /// Relays a connection that began as another object. The relay takes it over, with its TLS if it has any, and with its place
    /// among the client connections; the caller gives its object back.
    /// </summary>
    /// <param name="client">The connection.</param>
    /// <param name="binding">The port that it came to.</param>
    /// <param name="listener">The listener that it belongs to.</param>
    /// <param name="cluster">From <see cref="Choose"/>.</param>
    /// <param name="address">The client.</param>
    /// <param name="firstBytes">What was read of it and is for the backend, such as a ClientHello.</param>
    /// <param name="serverName">What the client asked for by name, where TLS is passed through; for logs.</param>
    public void Begin(
        StreamConnection client, PortBinding binding, RuntimeListener listener, WorkerCluster cluster, in ClientAddress address, ReadOnlySpan<byte> firstBytes, ReadOnlySpan<byte> serverName = default) =>
        RentClient().Continue(client, binding, listener, Counters(listener), cluster, address, firstBytes, serverName);

    public RelayUpstream RentUpstream() => _freeUpstreams.TryPop(out var upstream) ? upstream : new RelayUpstream(_worker, this);

    public void Return(RelayUpstream upstream) => _retiredUpstreams.Add(upstream);

    public ProxyHeaderConnection RentHeader() => _freeHeaders.TryPop(out var connection) ? connection : new ProxyHeaderConnection(_worker, _services);

    public void Return(ProxyHeaderConnection connection) => _retiredHeaders.Add(connection);

    public void OnClosed(RelayClient client)
    {
        _services.OnDownstreamClosed();
        _retiredClients.Add(client);
    }

    private RelayClient RentClient() => _freeClients.TryPop(out var client) ? client : new RelayClient(_worker, this);

    private StreamCounters Counters(RuntimeListener listener) => listener.Metrics!.For(_worker).Streams;

    /// <summary>Objects that ended in the turn before may be used again.</summary>
    private void Recycle()
    {
        WorkerServices.Recycle(_retiredClients, _freeClients, KeptObjects);
        WorkerServices.Recycle(_retiredUpstreams, _freeUpstreams, KeptObjects);
        WorkerServices.Recycle(_retiredHeaders, _freeHeaders, KeptObjects);
    }
}
