using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tls.Client;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Http1;

/// <summary>
/// A connection to a backend over HTTP/1.1. It carries one exchange at a time and waits in its endpoint's pool in between.
/// This part: opening, pooling, closing, and sending requests; what comes back is in UpstreamConnection.Responses.cs.
/// </summary>
internal sealed partial class UpstreamConnection(Worker worker, WorkerServices services) : StreamConnection(worker), IUpstream
{
    private readonly WorkerServices _services = services;
    private WorkerEndpoint? _endpoint;
    private IResponseSink? _sink;
    private ByteQueue _input;
    private BodyFraming _requestFraming;
    private bool _requestEnded;
    private bool _reused;
    private long _takenAtTimer;

    /// <summary>Neighbours in the endpoint's list of unused connections.</summary>
    public UpstreamConnection? NextIdle { get; set; }

    public UpstreamConnection? PreviousIdle { get; set; }

    /// <summary>Whether it served an exchange before: the backend may just have closed it.</summary>
    public bool IsReused => _reused;

    /// <summary>Whether any byte of a response has come for the current exchange.</summary>
    private bool HasResponseBytes => BytesReceived != _receivedBefore;

    public bool CanTakeRequest => CanWrite;

    public int UnsentRequestBytes => UnsentBytes;

    /// <summary>Begins to connect. False when not even that is possible.</summary>
    public bool TryConnect(WorkerEndpoint endpoint, TimeSpan timeout, ClientTls? tls)
    {
        var descriptor = UpstreamSocket.TryConnect(ref endpoint.SocketAddress);
        if (descriptor < 0)
            return false;

        _endpoint = endpoint;
        _reused = false;
        OpenConnecting(descriptor);
        if (tls is not null && !TryBeginTls(tls, endpoint.Sessions, ClientProtocols.Http1))
        {
            CloseDescriptor();
            return false;
        }

        Worker.Timers.Schedule(this, Worker.Now + (long)timeout.TotalMilliseconds);
        _services.Metrics.UpstreamConnects++;
        return true;
    }

    /// <summary>Takes the connection for an exchange; the head follows.</summary>
    public void Attach(IResponseSink sink)
    {
        _sink = sink;
        _receivedBefore = BytesReceived;
        _interimResponses = 0;
        _inBody = _switched = false;
        _requestEnded = false;
        _takenAtTimer = BytesSent;
        _endpoint!.ActiveRequests++;
    }

    /// <summary>Sends a composed head.</summary>
    public void SendHead(ReadOnlySpan<byte> head, BodyFraming framing)
    {
        _requestFraming = framing;
        if (!Connecting)
            Worker.Timers.Schedule(this, Worker.Now + _services.ResponseTimeout);
        Write(head);
    }

    public void SendData(ReadOnlySpan<byte> data)
    {
        // A request without a body has none, whoever thinks otherwise: its bytes would be taken for the next request.
        if (_requestFraming == BodyFraming.None)
            return;
        if (_requestFraming != BodyFraming.Chunked)
        {
            Write(data);
            return;
        }

        if (data.Length == 0)
            return;
        Span<byte> size = stackalloc byte[ChunkedWriter.MaxSizeLine];
        Write(ChunkedWriter.SizeLine(size, data.Length));
        Write(data);
        Write("\r\n"u8);
    }

    public void EndRequest(FieldSection? trailers)
    {
        _requestEnded = true;
        if (_requestFraming == BodyFraming.Chunked)
            ChunkedWriter.WriteEnd(this, trailers);
        else if (_requestFraming == BodyFraming.UntilClose)
            ShutdownWrite();
        if (!Connecting && !_inBody)
            Worker.Timers.Schedule(this, Worker.Now + _services.ResponseTimeout);
    }

    public void ResumeResponse()
    {
        // What a pipe holds waits for the client only.
        if (IsOpen && (Readable || IsSplicing))
            TryReading();
    }

    public void Cancel() => Release(reuse: false);

    /// <summary>Only worth it when little is left of the response, and nothing of the request.</summary>
    public void Discard()
    {
        var isShort = _body.IsDone || (_body.Framing == BodyFraming.Length && _body.Left <= ResponseDrain.MaxBytes);
        if (!_inBody || !_requestEnded || !_keepAlive || !isShort)
        {
            Release(reuse: false);
            return;
        }

        _sink = ResponseDrain.Instance;
        Worker.Timers.Schedule(this, Worker.Now + _services.LingerTimeout);
    }

    /// <summary>Ends the exchange on this side: back to the pool, or closed.</summary>
    private void Release(bool reuse)
    {
        _sink = null;
        var endpoint = _endpoint!;
        endpoint.ActiveRequests--;
        if (reuse && IsOpen && !PeerClosed && !IsBroken && UnsentBytes == 0 && endpoint.TryKeep(this, _services.Limits.UpstreamIdleConnections))
        {
            _reused = true;
            Worker.Timers.Schedule(this, Worker.Now + _services.UpstreamIdleTimeout);
            return;
        }

        Recycle();
    }

    /// <summary>Closes a connection that has already been taken out of its pool.</summary>
    public void CloseIdle()
    {
        SayEnd();
        Recycle();
    }

    private void Recycle()
    {
        CloseDescriptor();
        _services.Metrics.UpstreamClosed++;
        ReturnPipe();
        _input.Clear(Worker.Buffers);
        _endpoint = null;
        _sink = null;
        _services.Return(this);
    }

    private void CloseUnused()
    {
        _endpoint!.Unlink(this);
        CloseIdle();
    }

    protected override void OnConnected()
    {
        if (_sink is not null)
            Worker.Timers.Schedule(this, Worker.Now + _services.ResponseTimeout);
    }

    protected override void OnConnectFailed() => FailConnect(ConnectFailure);

    /// <summary>Nothing has been sent: what waits goes back to the exchange, which may try another endpoint.</summary>
    private void FailConnect(UpstreamFailure failure)
    {
        var sink = _sink!;
        var unsent = new UnsentRequest { Bytes = TakeUnsent(), Framing = _requestFraming };
        Release(reuse: false);
        sink.OnConnectFailed(failure, ref unsent);
    }

    public void Adopt(ref UnsentRequest unsent, bool requestEnded)
    {
        _requestFraming = unsent.Framing;
        _requestEnded = requestEnded;
        GiveUnsent(ref unsent.Bytes);
    }

    protected override void OnDrained() => _sink?.OnUpstreamDrained();

    protected override void OnSendFailed()
    {
        if (_sink is not { } sink)
        {
            CloseUnused();
            return;
        }

        // The backend may have said something before it closed: that is still to be read. Once its answer has begun, the rest of
        // the request is thrown away; a tunnel ends with either side (RFC 9110 9.3.6).
        TryReading();
        if (_sink != sink)
            return;
        if (!_inBody)
            Fail(UpstreamFailure.Reset);
        else if (_requestFraming == BodyFraming.UntilClose)
            Fail(UpstreamFailure.Truncated);
    }

    internal override void Abandon()
    {
        if (!IsOpen)
            return;
        if (_sink is null)
            CloseUnused();
        else
            Fail(_inBody ? UpstreamFailure.Truncated : UpstreamFailure.Reset);
    }

    internal override void OnTimer()
    {
        if (_sink is null)
        {
            CloseUnused();
            return;
        }

        if (Connecting)
        {
            FailConnect(UpstreamFailure.ConnectTimeout);
            return;
        }

        if (!_inBody)
        {
            // While the client still sends, or the backend still takes, it is not the backend's turn to answer. An upgrade is
            // answered before anything more is sent.
            var taken = BytesTaken;
            var isDue = UnsentBytes > 0 ? taken == _takenAtTimer : _requestEnded || _sink.IsUpgrade;
            _takenAtTimer = taken;
            if (isDue)
                Fail(UpstreamFailure.ResponseTimeout);
            else
                Worker.Timers.Schedule(this, Worker.Now + _services.ResponseTimeout);
            return;
        }

        OnBodyTimer();
    }

    private void Fail(UpstreamFailure failure)
    {
        var sink = _sink;
        var fate = HasResponseBytes ? RequestFate.Answered : _reused ? RequestFate.Stale : RequestFate.Sent;
        Release(reuse: false);
        sink?.OnUpstreamFailed(failure, fate);
    }
}
