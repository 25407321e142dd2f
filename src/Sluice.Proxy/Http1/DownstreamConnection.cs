using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Local;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Http1;

/// <summary>
/// A client's connection over HTTP/1.1: one request after the other. This part: its life and reading requests. Responses are
/// in DownstreamConnection.Responses.cs, deadlines in DownstreamConnection.Timers.cs.
///
/// An idle connection holds no buffer: bytes are read into the worker's buffer, and only what cannot be used yet (half a head,
/// pipelined requests) is kept in <see cref="_input"/>.
/// </summary>
internal sealed partial class DownstreamConnection(Worker worker, WorkerServices services) : StreamConnection(worker), IDownstream, IClientConnection
{
    /// <summary>Bytes read in one go before other connections get their turn.</summary>
    private const int TurnBytes = 16 * Worker.ReceiveBufferSize;

    private readonly WorkerServices _services = services;
    private PortBinding _binding = null!;
    private ClientAddress _client;
    private IRequestSink? _sink;
    private ByteQueue _input;
    private BodyDecoder _requestBody;
    private State _state;
    private bool _processing;
    private RuntimeHttpSettings? _settings; // of the request that is read; null without any
    private int _requests;
    private bool _isNew; // Nothing but the beginning of a first head has come, and it may be that of HTTP/2.

    private enum State : byte
    {
        /// <summary>Waiting for a request head, or in the middle of one.</summary>
        Head,

        /// <summary>A request has begun and its response has not ended.</summary>
        Exchange,

        /// <summary>Everything is said; waiting until it is sent.</summary>
        Closing,

        /// <summary>Our side is closed; what the client still sends is thrown away, so that it can read our answer.</summary>
        Lingering,
    }

    public ReadOnlySpan<byte> ClientAddress => _client.Text;

    public int ClientPort => _client.Port;

    public StreamConnection Connection => this;

    public HttpProtocol Protocol => _isHttp11 ? HttpProtocol.Http11 : HttpProtocol.Http10;

    public PortBinding Binding => _binding;

    /// <summary>Served by a handler inside the process.</summary>
    public bool IsLocal => _binding.Handler is not null;

    /// <summary>A request head may come: nothing is lost when the connection is closed now.</summary>
    public bool IsIdle => _state == State.Head && _input.Length == 0;

    private bool WantsInput => _state switch
    {
        State.Exchange => !_requestBody.IsDone && _sink!.CanTakeRequest,
        State.Closing => false,
        _ => true,
    };

    public void Accept(int descriptor, PortBinding binding, ReadOnlySpan<byte> address)
    {
        Begin(binding, new ClientAddress(address));
        OpenAccepted(descriptor);
        if (binding.Table?.Connection is { } settings)
            LimitUnsent(settings.BufferBytes);
        Worker.Timers.Schedule(this, Worker.Now + _services.HeadTimeout);
    }

    /// <summary>Goes on with a connection that began with something else than HTTP, which has been read: a header, or a TLS handshake.</summary>
    public void Continue(StreamConnection other, PortBinding binding, in ClientAddress client)
    {
        Begin(binding, client);

        // With TLS, HTTP/2 is spoken by agreement only (RFC 9113 3.2).
        _isNew = other.Tls is null || other.Tls.ApplicationProtocol.SequenceEqual("h2"u8);
        TakeOver(other);
        Worker.Timers.Schedule(this, Worker.Now + _services.HeadTimeout);
        if (Readable)
            OnReadable();
    }

    private void Begin(PortBinding binding, in ClientAddress client)
    {
        _binding = binding;
        _client = client;
        _state = State.Head;
        _sink = null;
        _settings = null;
        _requests = 0;
        _headStarted = _halfClosed = _processing = false;
        _isNew = true;
    }

    protected override void OnReadable()
    {
        var left = TurnBytes;
        while (IsOpen && Readable)
        {
            if (!WantsInput)
            {
                if (IsGone)
                    OnEnd(failed: true);
                else if (PeerClosed)
                    OnPeerClosed();
                return;
            }

            var count = _input.Length == 0 ? ReceiveFresh() : ReceiveMore();
            if (count <= 0)
            {
                if (count != -1)
                    OnEnd(failed: count == -2);
                return;
            }

            left -= count;
            if (left <= 0 && IsOpen && Readable)
            {
                YieldTurn();
                return;
            }
        }
    }

    private unsafe int ReceiveFresh()
    {
        var count = Receive(Worker.ReceiveBuffer);
        if (count > 0)
        {
            var used = Process(Worker.ReceivePointer, count);
            if (IsOpen && used < count)
                _input.Append(Worker.Buffers, Worker.ReceiveBuffer[used..count]);
        }

        return count;
    }

    private int ReceiveMore()
    {
        var count = Receive(_input.Reserve(Worker.Buffers, 4096));
        if (count > 0)
        {
            _input.Commit(count);
            ProcessKept();
        }

        return count;
    }

    private unsafe void ProcessKept()
    {
        var used = Process(_input.Pointer, _input.Length);

        // Closing has dropped everything already.
        if (IsOpen && used > 0 && _input.Length > 0)
            _input.Consume(Worker.Buffers, used);
    }

    /// <summary>Takes what is complete and returns how much that was.</summary>
    private unsafe int Process(byte* bytes, int length)
    {
        _processing = true;
        var position = 0;
        while (position < length && IsOpen && WantsInput)
        {
            var before = position;
            switch (_state)
            {
                case State.Head:
                    position += ProcessHead(bytes + position, length - position);
                    break;
                case State.Exchange:
                    ProcessBody(bytes, length, ref position);
                    break;
                default:
                    position = length;
                    break;
            }

            if (position == before)
                break;
        }

        _processing = false;
        return position;
    }

    private unsafe int ProcessHead(byte* bytes, int length)
    {
        if (_isNew && ConnectionPreface.Matches(new ReadOnlySpan<byte>(bytes, length)))
        {
            if (length < ConnectionPreface.Length)
                return WaitForHead();
            ContinueAsHttp2(bytes + ConnectionPreface.Length, length - ConnectionPreface.Length);
            return length;
        }

        if (_isNew && Tls is not null)
        {
            // HTTP/2 was agreed on (RFC 9113 3.4), so there is nothing that could be said.
            _services.Metrics.CountConnectionFault(Http2Fault.Protocol);
            Recycle();
            return length;
        }

        var head = _services.RequestHead;
        var parser = _services.RequestParser;
        head.Buffer = bytes;
        _settings = _binding.Table?.HttpFor(Tls);
        parser.HeadBytes = _settings is null ? _services.Limits.HeadBytes : Math.Min(_services.Limits.HeadBytes, _settings.HeadBytes);
        switch (parser.Parse(new Span<byte>(bytes, length), head, out var consumed))
        {
            case ParseResult.NeedMore:
                return WaitForHead();
            case ParseResult.Failed:
                Refuse(parser.Error);
                return length;
        }

        _headStarted = _isNew = false;
        _services.Metrics.Http1Requests++;
        _state = State.Exchange;
        _isHttp11 = parser.IsHttp11;
        _requests++;
        _keepAlive = parser.KeepAlive && MayKeepAlive && (_settings is null || _requests < _settings.MaxRequests);
        _isHead = head.IsHead;
        _responseFraming = BodyFraming.None;
        _responseStarted = false;
        _continueSent = false;
        _requestBody = new BodyDecoder(head.IsWebSocketUpgrade ? BodyFraming.UntilClose : head.Framing, head.ContentLength);
        _expectsContinue = head.ExpectsContinue && !_requestBody.IsDone;
        Mark();
        if (!_requestBody.IsDone)
            Worker.Timers.Schedule(this, Worker.Now + _services.CheckInterval);

        Begin(head);
        return consumed;
    }

    /// <summary>More of the head must come.</summary>
    private int WaitForHead()
    {
        if (!_headStarted)
        {
            _headStarted = true;
            Worker.Timers.Schedule(this, Worker.Now + _services.HeadTimeout);
        }

        return 0;
    }

    /// <summary>The client speaks HTTP/2 (RFC 9113 3.3): the connection goes on as another object.</summary>
    private unsafe void ContinueAsHttp2(byte* bytes, int length)
    {
        _state = State.Closing;
        _services.RentHttp2Downstream().Continue(this, _binding, _client, bytes, length);
        _input.Clear(Worker.Buffers);
        _services.OnContinued(this);
    }

    /// <summary>May be over when it returns: answers without a backend come at once.</summary>
    private void Begin(RequestHead head)
    {
        if (_binding.Handler is { } handler)
        {
            // There is no backend that could say it (RFC 9110 10.1.1).
            if (_expectsContinue)
            {
                _continueSent = true;
                Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
            }

            var call = new LocalCall(handler, Worker);
            _sink = call;
            call.Begin(this, head);
            return;
        }

        var exchange = _services.RentExchange();
        _sink = exchange;
        exchange.Begin(this, head, _binding.Table);
    }

    private unsafe void ProcessBody(byte* bytes, int length, ref int position)
    {
        var trailers = _services.Trailers;
        trailers.Buffer = bytes;
        switch (_requestBody.Next(new ReadOnlySpan<byte>(bytes, length), ref position, trailers, _services.Limits.TrailerBytes, out var data))
        {
            case ChunkedStatus.Data:
                _sink!.OnRequestData(data);
                if (_requestBody.IsDone)
                    EndRequest(null);
                break;
            case ChunkedStatus.Trailers:
                EndRequest(trailers.FieldCount > 0 ? trailers : null);
                break;
            case ChunkedStatus.Failed:
                position = length;
                Refuse(_requestBody.Error);
                break;
        }
    }

    private void EndRequest(FieldSection? trailers)
    {
        if (_sink == RequestDrain.Instance)
            EndExchange();
        else
            _sink?.OnRequestEnd(trailers);
    }

    public void ResumeRequest()
    {
        if (_processing || !IsOpen || _state != State.Exchange)
            return;
        if (_input.Length > 0)
            ProcessKept();
        if (IsOpen && Readable)
            OnReadable();
    }

    /// <summary>The client has closed its side, or the connection failed.</summary>
    private void OnEnd(bool failed)
    {
        switch (_state)
        {
            case State.Exchange when !_requestBody.IsDone && _requestBody.Framing == BodyFraming.UntilClose && !failed:
                // A tunnel is closed one side at a time.
                _requestBody.Finish();
                _sink!.OnRequestEnd(null);
                break;
            case State.Exchange when _requestBody.IsDone && !failed:
                OnPeerClosed();
                break;
            case State.Exchange:
                Gone();
                break;
            case State.Head when !failed:
                // An answer may not have been sent yet.
                Close();
                break;
            default:
                Recycle();
                break;
        }
    }

    /// <summary>
    /// The client has closed its side, and its request is complete, or asks for a tunnel that is not there yet: it may still be
    /// waiting for the response.
    /// </summary>
    private void OnPeerClosed()
    {
        var isWaiting = _requestBody.IsDone || (_requestBody.Framing == BodyFraming.UntilClose && !_responseStarted);
        if (_state == State.Exchange && isWaiting && !_halfClosed)
        {
            _halfClosed = true;
            Worker.Timers.Schedule(this, Worker.Now + _services.HalfCloseTimeout);
        }
    }

    /// <summary>The client has gone in the middle of an exchange.</summary>
    private void Gone()
    {
        var sink = _sink;
        _sink = null;
        Recycle();
        sink?.OnDownstreamGone();
    }

    protected override void OnSendFailed()
    {
        if (_state == State.Exchange)
            Gone();
        else
            Recycle();
    }

    internal override void Abandon()
    {
        if (IsOpen)
            OnSendFailed();
    }

    /// <summary>Nothing can be said before the next response (see <see cref="MayKeepAlive"/>).</summary>
    public void BeginDrain()
    {
    }

    /// <summary>Closes at once. Only for connections without an exchange.</summary>
    public void CloseIdle()
    {
        SayEnd();
        Recycle();
    }

    /// <summary>Ends whatever is going on (shutdown after the drain time).</summary>
    public void Cut() => Abandon();

    private void Recycle()
    {
        if (!IsOpen)
            return;
        CloseDescriptor();
        _input.Clear(Worker.Buffers);
        _state = State.Closing;
        _services.OnClosed(this);
    }
}
