using Sluice.Configuration;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Layer4.ProxyProtocol;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Layer4;

/// <summary>
/// The client's side of a relayed connection, and the relay itself: an endpoint is connected to at once, since either side may
/// be the first to speak; the client is read when one has taken the connection. What a new configuration says does not
/// concern a relay that runs. Its timer is the relay's: idle in both directions.
/// </summary>
internal sealed class RelayClient(Worker worker, RelayServices relays) : RelaySide(worker, relays), IClientConnection
{
    private PortBinding _binding = null!;
    private StreamCounters _counters = null!;
    private WorkerCluster _cluster = null!;
    private RelayUpstream? _upstream;
    private RelayRecord? _record;
    private ProxiedAddresses? _proxied; // Known when a header told them, or a backend wants to know.
    private int _attemptsLeft;
    private bool _lingering;
    private long _takenAtTimer;

    public PortBinding Binding => _binding;

    public bool IsLocal => false;

    /// <summary>Nobody knows what the two sides are in the middle of.</summary>
    public bool IsIdle => false;

    protected override RelayClient Relay => this;

    protected override RelayEnd Reset => RelayEnd.ClientReset;

    /// <summary>A backend is to stop working for a client that has gone.</summary>
    protected override bool Lingers => false;

    /// <summary>Begins with an accepted socket.</summary>
    public void Accept(int descriptor, PortBinding binding, RuntimeListener listener, StreamCounters counters, WorkerCluster cluster)
    {
        Begin(binding, listener, counters, cluster);
        OpenAccepted(descriptor);
        if (binding.Table?.Connection is { } settings)
            LimitUnsent(settings.BufferBytes);
        if (_record is not null)
        {
            ClientFacts.TakePeer(_record.Record, descriptor);
            ClientFacts.Take(_record.Record, this);
        }

        Start(null, default);
    }

    /// <summary>Goes on with a connection that began as another object, which has read the first bytes.</summary>
    public void Continue(
        StreamConnection other, PortBinding binding, RuntimeListener listener, StreamCounters counters, WorkerCluster cluster, in ClientAddress client, ReadOnlySpan<byte> firstBytes, ReadOnlySpan<byte> serverName)
    {
        Begin(binding, listener, counters, cluster);
        TakeOver(other);
        _record?.Take(this, client, serverName);
        CountReceived(firstBytes.Length);
        Start(client.Proxied, firstBytes);
    }

    private void Begin(PortBinding binding, RuntimeListener listener, StreamCounters counters, WorkerCluster cluster)
    {
        ResetSide();
        _binding = binding;
        _counters = counters;
        _cluster = cluster;
        _upstream = null;
        _attemptsLeft = Relays.Limits.StreamConnectAttempts;
        _lingering = false;
        _takenAtTimer = -1;
        counters.Begun++;
        _record = RelayRecord.Begin(listener, Worker);
    }

    private void Start(ProxiedAddresses? proxied, ReadOnlySpan<byte> firstBytes)
    {
        Touch();
        _proxied = proxied;
        var first = default(ByteQueue);
        first.Append(Worker.Buffers, firstBytes);
        if (!TryConnect(null, ref first))
            Finish(RelayEnd.ConnectFailed);
    }

    /// <summary>Begins to connect to an endpoint, or to another one than the one that failed. False: none is left to try.</summary>
    private bool TryConnect(WorkerEndpoint? failed, ref ByteQueue first)
    {
        Span<byte> header = stackalloc byte[ProxyHeaderWriter.MaxLength];
        if (!TryWriteHeader(ref header))
        {
            first.Clear(Worker.Buffers);
            return false;
        }

        var configuration = _cluster.Cluster.Configuration;
        while (_attemptsLeft > 0 && _cluster.Choose(Worker.Random, failed) is { } endpoint && endpoint != failed)
        {
            _attemptsLeft--;
            _record?.NoteAttempt(_cluster, endpoint);
            var upstream = Relays.RentUpstream();
            if (upstream.TryConnect(this, endpoint, configuration.ConnectTimeout, _cluster.Cluster.Tls, header, ref first))
            {
                Relays.Metrics.UpstreamConnects++;
                Other = _upstream = upstream;
                return true;
            }

            Relays.Metrics.CountFailure(UpstreamFailure.Connect);
            Relays.Return(upstream);
            failed = endpoint;
        }

        first.Clear(Worker.Buffers);
        return false;
    }

    /// <summary>
    /// Tells the backend who the client is and where it connected to, or, when another proxy told us, what that one said; nothing if
    /// the backend does not want it. False: the client has gone already, and has no address any more.
    /// </summary>
    private unsafe bool TryWriteHeader(ref Span<byte> header)
    {
        var version = _cluster.Cluster.Configuration.ProxyProtocol;
        if (version == ProxyProtocolVersion.None)
        {
            header = default;
            return true;
        }

        if (_proxied is null)
        {
            var buffer = stackalloc byte[NativeAddress.MaxLength];
            var (sourceLength, destinationLength) = (NativeAddress.MaxLength, NativeAddress.MaxLength);
            if (Libc.getpeername(Descriptor, buffer, &sourceLength) != 0)
                return false;
            var source = new NativeAddress(new ReadOnlySpan<byte>(buffer, sourceLength));
            if (Libc.getsockname(Descriptor, buffer, &destinationLength) != 0)
                return false;
            _proxied = new ProxiedAddresses(source, new NativeAddress(new ReadOnlySpan<byte>(buffer, destinationLength)));
        }

        header = header[..ProxyHeaderWriter.Write(header, version, _proxied.Source, _proxied.Destination)];
        return true;
    }

    /// <summary>An endpoint did not take the connection: another one gets its turn.</summary>
    public void OnConnectFailed(RelayEnd end, UpstreamFailure failure)
    {
        if (_record is not null)
            _record.Record.Failure = failure;
        var failed = _upstream!;
        Relays.Metrics.CountFailure(failure);
        var first = failed.TakeWaiting();
        Other = _upstream = null;
        failed.Close(reset: false);
        if (!TryConnect(failed.Endpoint, ref first))
            Finish(end);
    }

    protected override void Count(int bytes) => CountReceived(bytes);

    private void CountReceived(int bytes)
    {
        _counters.Received += bytes;
        if (_record is not null)
            _record.Record.BytesReceived += bytes;
        Touch();
    }

    public void CountSent(int bytes)
    {
        _counters.Sent += bytes;
        if (_record is not null)
            _record.Record.BytesSent += bytes;
        Touch();
    }

    /// <summary>Something moves. Costs a field: the timer is looked at when it fires.</summary>
    public void Touch()
    {
        if (!_lingering)
            Worker.Timers.Schedule(this, Worker.Now + Relays.IdleTimeout);
    }

    /// <summary>The backend takes nothing more, but its last word is on the way to the client: a reset would destroy it there.</summary>
    public void Linger()
    {
        _lingering = true;
        Worker.Timers.Schedule(this, Worker.Now + Relays.LingerTimeout);
    }

    internal override void OnTimer()
    {
        if (!_lingering && IsTaken())
            Touch();
        else
            Finish(_lingering ? RelayEnd.BackendReset : RelayEnd.Idle);
    }

    /// <summary>Whether anybody took anything since the last look, of what waits in our queues or the kernel's.</summary>
    private bool IsTaken()
    {
        var taken = BytesTaken + (_upstream?.TakenBytes ?? 0);
        var isWaiting = taken != BytesSent + (_upstream?.BytesSent ?? 0) || !IsFlushed || _upstream is { UnsentBytes: > 0 };
        var moved = isWaiting && taken != _takenAtTimer;
        _takenAtTimer = taken;
        return moved;
    }

    /// <summary>Closes both sides if both have ended and have got everything.</summary>
    public bool TryComplete()
    {
        if (!HasEnded || _upstream is not { IsDone: true } || !IsFlushed)
            return false;
        Finish(RelayEnd.Completed);
        return true;
    }

    public void BeginDrain()
    {
    }

    public void CloseIdle() => Finish(RelayEnd.Cut);

    public void Cut() => Finish(RelayEnd.Cut);

    /// <summary>Ends both sides. What one side did not end itself the other sees as a reset.</summary>
    public void Finish(RelayEnd end)
    {
        if (!IsOpen)
            return;
        _counters.Ends[(int)end]++;
        _record?.End(end);
        _record = null;
        var reset = end is not (RelayEnd.Completed or RelayEnd.NoBackend or RelayEnd.ConnectFailed or RelayEnd.ConnectTimeout);
        _upstream?.Close(reset && end != RelayEnd.BackendReset);
        _upstream = null;
        CloseSide(reset && end != RelayEnd.ClientReset);
        Relays.OnClosed(this);
    }
}
