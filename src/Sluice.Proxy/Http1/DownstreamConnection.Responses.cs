using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Http1;

/// <content>Writing responses.</content>
internal sealed partial class DownstreamConnection
{
    private bool _isHttp11;
    private bool _isHead;
    private bool _keepAlive;
    private bool _expectsContinue;
    private bool _continueSent;
    private bool _responseStarted;
    private BodyFraming _responseFraming;

    /// <summary>A body of at most so many bytes is read and thrown away to keep the connection, when its request is answered before it came.</summary>
    private const int MaxDrainedBytes = 64 * 1024;

    public bool CanTakeResponse => CanWrite;

    public StreamConnection? SpliceTarget => _responseFraming == BodyFraming.Length && Tls is null ? this : null;

    /// <summary>Not while draining, and not on a port that is no longer served.</summary>
    private bool MayKeepAlive => !_services.IsDraining && _binding.IsServed;

    private bool BodyMayNeverCome => !_requestBody.IsDone && _expectsContinue && !_continueSent;

    private bool CanDrainRequest =>
        _requestBody.Framing == BodyFraming.Length && _requestBody.Left <= MaxDrainedBytes && !BodyMayNeverCome;

    public void SendInterim(Exchange exchange, ResponseHead head)
    {
        // An HTTP/1.0 client would take an interim response for the final one; 100 is only for who asked.
        if (!_isHttp11 || (head.StatusCode == 100 && (!_expectsContinue || _continueSent)))
            return;
        _continueSent |= head.StatusCode == 100;
        Write(ResponseWriter.ComposeInterim(Worker, head));
    }

    /// <summary>The client compares the key itself.</summary>
    public bool TakesTunnel(ResponseHead head) => true;

    public void SendHead(Exchange exchange, ResponseHead head)
    {
        if (exchange.RequestEnded && !_requestBody.IsDone && _requestBody.Framing == BodyFraming.UntilClose)
            _requestBody.Finish();

        _responseStarted = true;
        _keepAlive &= MayKeepAlive;
        _responseFraming = head.Framing switch
        {
            BodyFraming.Chunked or BodyFraming.UntilClose when head.StatusCode != 101 => _isHttp11 ? BodyFraming.Chunked : BodyFraming.UntilClose,
            _ => head.Framing,
        };

        // A response that ends with the connection is its last, as is one to a request whose body may never come.
        if (_responseFraming == BodyFraming.UntilClose || BodyMayNeverCome)
            _keepAlive = false;
        Write(ResponseWriter.Compose(Worker, head, exchange.ResponseEdits, _responseFraming, _keepAlive, _isHttp11, exchange.ServerHeader));
    }

    public void SendData(ReadOnlySpan<byte> data)
    {
        if (_responseFraming != BodyFraming.Chunked)
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

    public void EndResponse(FieldSection? trailers)
    {
        if (_responseFraming == BodyFraming.Chunked)
            ChunkedWriter.WriteEnd(this, trailers);
        EndExchange();
    }

    public void SendLocal(in LocalAnswer answer)
    {
        _responseStarted = true;
        if (answer.IsStreamed)
        {
            _responseFraming = _isHead ? BodyFraming.None : _isHttp11 ? BodyFraming.Chunked : BodyFraming.UntilClose;
            _keepAlive &= MayKeepAlive && _responseFraming != BodyFraming.UntilClose;
            Write(ResponseWriter.ComposeLocal(Worker, answer, _services.Date, _keepAlive, _isHttp11, _responseFraming));
            return;
        }

        _keepAlive &= !answer.Close && MayKeepAlive && (_requestBody.IsDone || CanDrainRequest);
        Write(ResponseWriter.ComposeLocal(Worker, answer, _services.Date, _keepAlive, _isHttp11));
        if (!_isHead)
            Write(answer.Body);
        EndExchange();
    }

    public void AbortResponse()
    {
        _sink = null;
        Flush();

        // Where the end of the connection would mean the end of the body, only a reset shows that it is not.
        if (_responseFraming == BodyFraming.UntilClose)
            ResetOnClose();
        Recycle();
    }

    private void EndExchange()
    {
        _sink = null;
        if (!_keepAlive || (!_requestBody.IsDone && !CanDrainRequest))
        {
            Close();
            return;
        }

        if (!_requestBody.IsDone)
        {
            _sink = RequestDrain.Instance;
            ResumeRequest();
            return;
        }

        _state = State.Head;
        _halfClosed = false;
        Worker.Timers.Schedule(this, Worker.Now + (_settings is { IdleTimeout: > 0 } settings ? settings.IdleTimeout : _services.IdleTimeout));
        if (_processing)
            return;

        // The next request may be here already.
        if (_input.Length > 0)
            ProcessKept();
        if (IsOpen && Readable)
            OnReadable();
    }

    /// <summary>Answers a message that cannot be trusted and closes: what follows it cannot be trusted either.</summary>
    private void Refuse(HttpError error)
    {
        _services.Metrics.CountRefused(error);
        var sink = _sink;
        _sink = null;
        sink?.OnDownstreamRefused(error);
        if (sink is null && _state == State.Head)
            RefusedRecord.Write(_binding, this, error);
        _keepAlive = false;
        if (_state == State.Exchange && _responseStarted && _responseFraming == BodyFraming.UntilClose)
        {
            // An orderly end would make the part that went out look like all of it.
            AbortResponse();
            return;
        }

        // More of the message may be on its way: the connection lingers, whatever the request before this one was.
        _requestBody = default;
        if (!_responseStarted || _state == State.Head)
        {
            _isHead = false;
            var body = _services.ErrorBody(error);
            var answer = new LocalAnswer
            {
                StatusCode = HttpErrors.StatusCode(error),
                ContentType = "text/plain"u8,
                Body = body,
                Allow = error == HttpError.Connect ? "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH"u8 : default,
                Server = _settings?.ServerHeader,
            };
            if (_settings?.LocalReplies is { } replies)
                answer = replies.Apply(_services, this, answer);
            Write(ResponseWriter.ComposeLocal(Worker, answer, _services.Date, keepAlive: false, isHttp11: true));
            Write(answer.Body);
        }

        Close();
    }

    /// <summary>Closes once everything written is sent.</summary>
    private void Close()
    {
        _state = State.Closing;
        Flush();
        if (!IsOpen || IsBroken)
            return;
        if (UnsentBytes > 0)
        {
            Mark();
            Worker.Timers.Schedule(this, Worker.Now + _services.BodyTimeout);
        }
        else
            FinishClosing();
    }

    protected override void OnFlushed()
    {
        if (_state == State.Closing)
            FinishClosing();
    }

    private void FinishClosing()
    {
        // Closing with unread input makes the kernel reset the connection, and the client may lose our answer.
        if (!Readable && (PeerClosed || (_requestBody.IsDone && _input.Length == 0)))
        {
            SayEnd();
            Recycle();
            return;
        }

        _input.Clear(Worker.Buffers);
        _state = State.Lingering;
        ShutdownWrite();
        Worker.Timers.Schedule(this, Worker.Now + _services.LingerTimeout);
        if (Readable && !_processing)
            OnReadable();
    }

    protected override void OnDrained()
    {
        if (_state == State.Exchange)
            _sink?.OnDownstreamDrained();
    }
}
