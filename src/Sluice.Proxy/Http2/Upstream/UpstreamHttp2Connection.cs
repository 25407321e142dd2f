using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tls.Client;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Http2.Upstream;

/// <summary>
/// A connection to a backend over HTTP/2: with prior knowledge (RFC 9113 3.3), or by ALPN over TLS. It carries many exchanges at a time, each a
/// <see cref="UpstreamHttp2Stream"/>. This part: its life, and the streams' places in it; what the backend says is in
/// UpstreamHttp2Connection.Frames.cs.
///
/// Requests are taken from the beginning on: while it connects, heads wait in its output and bodies are not asked for.
/// </summary>
internal sealed unsafe partial class UpstreamHttp2Connection(Worker worker, WorkerServices services) : Http2Connection(worker, services)
{
    /// <summary>Streams without a number (<see cref="Hold"/>).</summary>
    private readonly List<UpstreamHttp2Stream> _held = [];

    private WorkerEndpoint? _endpoint;
    private int _nextId;
    private int _active;
    private bool _isDraining;
    private bool _isEnding;
    private bool _wasConnected;

    public WorkerEndpoint Endpoint => _endpoint!;

    public bool IsConnecting => Connecting;

    /// <summary>Whether another request may be sent here.</summary>
    public bool CanOpenStream =>
        IsOpen && !_isDraining && !IsBroken && !PeerClosed && CanWrite && _active < Services.Limits.UpstreamStreams && _active < Peer.MaxConcurrentStreams;

    /// <summary>Begins to connect. False when not even that is possible.</summary>
    public bool TryConnect(WorkerEndpoint endpoint, TimeSpan timeout, ClientTls? tls)
    {
        var descriptor = UpstreamSocket.TryConnect(ref endpoint.SocketAddress);
        if (descriptor < 0)
            return false;

        _endpoint = endpoint;
        _nextId = 1;
        _active = 0;
        _isDraining = _isEnding = _wasConnected = false;
        _held.Clear();
        ResetState();
        OpenConnecting(descriptor);
        if (tls is not null && !TryBeginTls(tls, endpoint.Sessions, ClientProtocols.Http2))
        {
            CloseDescriptor();
            return false;
        }

        Worker.Timers.Schedule(this, Worker.Now + (long)timeout.TotalMilliseconds);
        Services.Metrics.UpstreamConnects++;
        WritePreface();
        return true;
    }

    /// <summary>A stream for a request; its number comes with its head.</summary>
    public UpstreamHttp2Stream Open(IResponseSink sink)
    {
        if (_active++ == 0 && !Connecting)
            Worker.Timers.Cancel(this);
        var stream = Services.RentUpstreamStream();
        stream.Attach(this, sink, reused: HasSettings);
        return stream;
    }

    /// <summary>The number of a stream whose head is sent now: they ascend in the order of the heads (RFC 9113 5.1.1).</summary>
    public int TakeId()
    {
        var id = _nextId;
        _nextId += 2;

        // After a billion requests there are none left.
        if (_nextId > int.MaxValue - 2)
            Drain();
        return id;
    }

    /// <summary>The stream has its number.</summary>
    public void Add(UpstreamHttp2Stream stream)
    {
        if (_held.Count > 0)
            _held.Remove(stream);
        Streams.Add(stream);
    }

    /// <summary>The stream has no number: its head waits for the backend's settings, or is refused on the next timer.</summary>
    public void Hold(UpstreamHttp2Stream stream) => _held.Add(stream);

    /// <summary>A stream has ended. An error other than NoError is told to the backend.</summary>
    public void Remove(UpstreamHttp2Stream stream, Http2Error reset)
    {
        if (stream.Id == 0)
        {
            _held.Remove(stream);
        }
        else
        {
            RemoveStream(stream);
            if (reset != Http2Error.NoError && IsOpen)
                WriteReset(stream.Id, reset);
        }

        Endpoint.ActiveRequests--;
        Services.Return(stream);
        if (--_active > 0 || !IsOpen || Connecting)
            return;
        Streams.Trim();

        // Not kept where there are enough, nor when the backend takes nothing anyway.
        if (Peer.MaxConcurrentStreams == 0 || Endpoint.MultiplexedCount > Services.Limits.UpstreamIdleConnections)
            Drain();
        Worker.Timers.Schedule(this, Worker.Now + (_isDraining ? 0 : Services.UpstreamIdleTimeout));
    }

    /// <summary>Takes no more requests, and closes after the last. Not in the middle of this call: on its timer.</summary>
    public void Drain()
    {
        if (_isDraining)
            return;
        _isDraining = true;
        _endpoint!.Remove(this);
        if (_active == 0)
            Worker.Timers.Schedule(this, Worker.Now);
    }

    protected override void OnConnected()
    {
        Worker.Timers.Cancel(this);
        if (_active == 0)
            Worker.Timers.Schedule(this, Worker.Now + (_isDraining ? 0 : Services.UpstreamIdleTimeout));
    }

    protected override void OnConnectFailed() => End(ConnectFailure);

    protected override void OnDrained()
    {
        if (_isEnding)
            return;
        base.OnDrained();
        if (_wasConnected)
            return;

        // Whoever has a body has not been asked for it yet. Each may end itself or others by what it brings.
        _wasConnected = true;
        while (IsOpen && FirstAwaiting() is { } stream)
            stream.OnConnected();
    }

    private UpstreamHttp2Stream? FirstAwaiting()
    {
        for (var stream = Streams.First; stream is not null; stream = stream.Next)
        {
            if (stream is UpstreamHttp2Stream { AwaitsConnection: true } awaiting)
                return awaiting;
        }

        return null;
    }

    internal override void OnTimer()
    {
        if (Connecting)
            End(UpstreamFailure.ConnectTimeout);
        else if (_active == 0)
            End(UpstreamFailure.Reset, Http2Error.NoError);
    }

    protected override void OnEnd() => End(UpstreamFailure.Reset);

    protected override void OnSendFailed()
    {
        // It may have said something before it closed: GOAWAY, or answers.
        TryReading();
        if (IsOpen)
            End(UpstreamFailure.Reset);
    }

    internal override void Abandon()
    {
        if (IsOpen)
            End(UpstreamFailure.Reset);
    }

    /// <summary>The backend broke the rules (RFC 9113 5.4.1).</summary>
    protected override void Fail(Http2Fault fault)
    {
        if (!IsOpen)
            return;
        Services.Metrics.CountConnectionFault(fault);
        End(UpstreamFailure.Protocol, Http2Faults.Code(fault));
    }

    /// <summary>Closes the connection, says why if there is something to say, and lets every stream know.</summary>
    private void End(UpstreamFailure failure, Http2Error? goAway = null)
    {
        _isEnding = true;
        if (goAway is { } error && !Connecting && !IsBroken)
        {
            // We have not opened a stream for the backend to end: its last is 0.
            WriteGoAway(0, error);
            FlushTurn();
        }

        if (!_isDraining)
            _endpoint!.Remove(this);
        _isDraining = true;
        CloseDescriptor();
        Services.Metrics.UpstreamClosed++;
        while (Streams.First is { } stream)
            ((UpstreamHttp2Stream)stream).OnConnectionLost(failure);
        while (_held.Count > 0)
            _held[^1].OnConnectionLost(failure);
        ClearState();
        _endpoint = null;
        Services.Return(this);
    }
}
