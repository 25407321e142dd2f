using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>
/// A client socket and the backend that was chosen for it. Its own connected socket leads to the endpoint, so that what comes
/// back on it is for this client, and the kernel tells when the endpoint refuses. A session keeps its endpoint for as long as
/// the route leads there and it exists; otherwise the next datagram chooses anew. Its timer forgets it when it is silent.
/// </summary>
internal sealed class UdpSession(Worker worker, UdpServices services) : Pollable(worker), IClientConnection
{
    private const uint Events = LinuxConstants.EPOLLIN | LinuxConstants.EPOLLET;

    /// <summary>Replies taken in one go before others get their turn.</summary>
    private const int TurnDatagrams = 64;

    /// <summary>Replies asked for with one call; most often there is one.</summary>
    private const int ReadDatagrams = 16;

    /// <summary>Milliseconds for which an answer is waited for when the proxy ends.</summary>
    private const int DrainPatience = 5000;

    private UdpListener _listener = null!;
    private DatagramCounters _counters = null!;
    private RuntimeStreamRoute? _route;
    private WorkerCluster? _cluster; // Null: the client's share has no backend.
    private WorkerEndpoint? _endpoint; // Null while there is no socket.
    private WorkerEndpoint? _failed;
    private int _clusterId;
    private ClientSocket _key;
    private NativeAddress _client;
    private LocalAddress _local;
    private bool _awaitsReply;
    private long _usedAt;
    private RelayRecord? _record;
    private DatagramDrop _drop; // Why there is no endpoint.

    /// <summary>Neighbours in the worker's list, by when they were last used.</summary>
    public UdpSession? Older { get; set; }

    public UdpSession? Newer { get; set; }

    public PortBinding Binding => _listener.Binding;

    public bool IsLocal => false;

    /// <summary>Nothing is known to be on its way.</summary>
    public bool IsIdle => !_awaitsReply || Worker.Now - _usedAt >= DrainPatience;

    public UdpListener Listener => _listener;

    public ref readonly ClientSocket Key => ref _key;

    public ref readonly NativeAddress Client => ref _client;

    public ref readonly LocalAddress Local => ref _local;

    public DatagramCounters Counters => _counters;

    public void Begin(UdpListener listener, DatagramCounters counters, in ClientSocket key, ReadOnlySpan<byte> client, in LocalAddress local)
    {
        _listener = listener;
        _counters = counters;
        _key = key;
        _client = new NativeAddress(client);
        _local = local;
        _route = null;
        _cluster = null;
        _endpoint = _failed = null;
        _clusterId = RuntimeStreamRoute.None;
        _awaitsReply = false;
        counters.SessionsBegun++;
        _record = listener.Binding.Table is { } table ? RelayRecord.Begin(table.OnlyListener, Worker) : null;
        if (_record is not null)
            ClientFacts.TakeClient(_record.Record, client);
    }

    public void CountSent(int bytes)
    {
        _counters.SentBytes += bytes;
        if (_record is not null)
            _record.Record.BytesSent += bytes;
    }

    /// <summary>Sends datagrams of the client, which lie side by side in a batch, to the endpoint.</summary>
    public void Forward(DatagramBatch batch, int first, int count, PortTable table)
    {
        Touch();
        var end = first + count;
        var hasFailed = false;
        while (first < end)
        {
            if (!HasEndpoint(table))
            {
                _counters.Drop(_drop, end - first);
                return;
            }

            var sent = batch.SendConnected(Descriptor, first, end - first);
            if (sent > 0)
            {
                for (var i = first; i < first + sent; i++)
                    CountReceived(batch.LengthOf(i));
                _counters.Received += sent;
                _awaitsReply = true;
                first += sent;
                continue;
            }

            switch (-sent)
            {
                case LinuxConstants.EINTR:
                    break;
                case LinuxConstants.EAGAIN or LinuxConstants.ENOBUFS or LinuxConstants.ENOMEM:
                    _counters.Drop(DatagramDrop.BufferFull, end - first);
                    return;
                case LinuxConstants.EMSGSIZE:
                    _counters.Drop(DatagramDrop.TooLarge, 1);
                    first++;
                    break;
                default:
                    // Most often what the kernel was told about the datagram before: this one has not been sent.
                    Fail();
                    if (hasFailed)
                    {
                        _counters.Drop(DatagramDrop.Unreachable, end - first);
                        return;
                    }

                    hasFailed = true;
                    break;
            }
        }
    }

    private void CountReceived(int bytes)
    {
        _counters.ReceivedBytes += bytes;
        if (_record is not null)
            _record.Record.BytesReceived += bytes;
    }

    /// <summary>Sees that there is a socket to an endpoint that the configuration still names.</summary>
    private bool HasEndpoint(PortTable table)
    {
        var route = table.OnlyListener.Stream;
        if (!ReferenceEquals(route, _route))
            FollowRoute(route, table);
        if (_endpoint is { IsRemoved: false })
            return true;
        Disconnect();
        _drop = DatagramDrop.NoBackend;
        if (_cluster?.Choose(Worker.Random, _failed) is not { } endpoint)
            return false;

        var descriptor = UdpSocket.OpenConnected(ref endpoint.SocketAddress);
        if (descriptor < 0)
        {
            _drop = -descriptor is LinuxConstants.EMFILE or LinuxConstants.ENFILE ? DatagramDrop.NoDescriptor : DatagramDrop.Unreachable;
            _failed = endpoint;
            return false;
        }

        _endpoint = endpoint;
        _failed = null;
        endpoint.ActiveRequests++;
        _record?.NoteAttempt(_cluster, endpoint);
        Open(descriptor, Events);
        return true;
    }

    /// <summary>The route is new or has changed: the session's cluster stays if it still has a share.</summary>
    private void FollowRoute(RuntimeStreamRoute? route, PortTable table)
    {
        _route = route;
        if (_cluster is not null && route?.LeadsTo(_clusterId) == true && table.Cluster(_clusterId)?.For(Worker) == _cluster)
            return;
        Disconnect();
        _failed = null;
        _clusterId = route?.Choose() ?? RuntimeStreamRoute.None;
        _cluster = table.Cluster(_clusterId)?.For(Worker);
    }

    /// <summary>The endpoint does not take datagrams: the next one goes to another, if there is another.</summary>
    private void Fail()
    {
        if (_endpoint is not { } endpoint)
            return;
        services.Metrics.CountFailure(UpstreamFailure.Connect);
        Disconnect();
        _failed = endpoint;
    }

    internal override void OnEvents(uint events)
    {
        var left = TurnDatagrams;
        var hasFailed = false;
        while (IsOpen)
        {
            var count = services.Receive(this, ReadDatagrams, out var isEmpty);
            if (count > 0)
            {
                Touch();
                _awaitsReply = false;
                left -= count;
                if (isEmpty)
                    break;
                if (left <= 0)
                {
                    Worker.Rearm(this, Events);
                    return;
                }

                continue;
            }

            if (count == -LinuxConstants.EINTR)
                continue;
            if (count == -LinuxConstants.EAGAIN)
                break;

            // An error is told once, and what came before it is still there.
            if (hasFailed)
                break;
            hasFailed = true;
        }

        if (hasFailed)
            Fail();
    }

    private void Touch()
    {
        _usedAt = Worker.Now;
        Worker.Timers.Schedule(this, _usedAt + services.SessionTimeout);
        services.MarkUsed(this);
    }

    internal override void OnTimer() => services.End(this);

    public void BeginDrain()
    {
    }

    public void CloseIdle() => services.End(this);

    public void Cut() => services.End(this);

    /// <summary>Lets everything go. For <see cref="UdpServices.End"/>, which knows who else remembers the session.</summary>
    public void Close()
    {
        Disconnect();
        Worker.Timers.Cancel(this);
        _counters.SessionsEnded++;
        _record?.End(_record.Record.Endpoint is null ? RelayEnd.NoBackend : RelayEnd.Completed);
        _record = null;
        _route = null;
        _cluster = null;
        _failed = null;
    }

    private void Disconnect()
    {
        if (_endpoint is null)
            return;
        _endpoint.ActiveRequests--;
        _endpoint = null;
        Worker.Close(Descriptor);
        Descriptor = -1;
    }
}
