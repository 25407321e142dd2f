using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Local;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Http2;

/// <summary>
/// A client's request over HTTP/2. This part: its life and the request's body; the response is in DownstreamStream.Responses.cs,
/// deadlines in DownstreamStream.Timers.cs.
///
/// Bytes of the body go to the sink as they come. While the sink takes none they stay here, and the stream's window is not given
/// back: at most a window of them.
/// </summary>
internal sealed partial class DownstreamStream(WorkerServices services) : Http2Stream, IDownstream
{
    private readonly WorkerServices _services = services;
    private DownstreamHttp2Connection _connection = null!;
    private IRequestSink? _sink;
    private ByteQueue _held;
    private int _heldTrailers;
    private bool _endHeld;
    private bool _feeding;
    private bool _sinkHasAll; // It was told at the beginning that no body comes.
    private long _lengthLeft; // Of the body's announced length; -1 without.
    private int _owed; // Bytes that the sink has and the window has not been given back for.

    protected override Http2Connection Http2 => _connection;

    /// <summary>The client's side has ended.</summary>
    public bool HasReceivedAll => ReceiveEnded;

    public TlsSession? Tls => _connection.Tls;

    public ReadOnlySpan<byte> ClientAddress => _connection.ClientAddress;

    public int ClientPort => _connection.ClientPort;

    public StreamConnection Connection => _connection;

    public HttpProtocol Protocol => HttpProtocol.Http2;

    /// <summary>Before anything else, in the connection's table already.</summary>
    public void Open(DownstreamHttp2Connection connection, int id, int sendWindow, bool endsStream)
    {
        _connection = connection;
        _sink = null;
        _heldTrailers = _owed = 0;
        _received = 0;
        _endHeld = _feeding = _sinkHasAll = false;
        _lengthLeft = -1;
        ResetResponse();
        Open(id, sendWindow, connection.StreamWindowBytes);
        if (endsStream)
            MarkReceiveEnded();
        Mark();
    }

    /// <summary>Begins the exchange. May be over when it returns: answers without a backend come at once.</summary>
    public void Begin(RequestHead head)
    {
        _isHead = head.IsHead;
        _isTunnel = head.IsWebSocketUpgrade;
        _streams = _isTunnel || IsGrpc(head);
        _expectsContinue = head.ExpectsContinue && !ReceiveEnded;
        _sinkHasAll = head.Framing == BodyFraming.None && !_isTunnel;
        _lengthLeft = _isTunnel ? -1 : head.ContentLength;
        if (!ReceiveEnded)
            _connection.EnsureCheck();
        if (_isTunnel && !TryAddKey(head))
        {
            Refuse(HttpError.TooManyFields);
            return;
        }

        if (_connection.Binding.Handler is { } handler)
        {
            // There is no backend that could say it (RFC 9110 10.1.1).
            if (_expectsContinue)
                SendContinue();
            var call = new LocalCall(handler, _connection.Worker);
            _sink = call;
            call.Begin(this, head);
            return;
        }

        var exchange = _services.RentExchange();
        _sink = exchange;
        exchange.Begin(this, head, _connection.Binding.Table);
    }

    internal override void OnData(ReadOnlySpan<byte> data)
    {
        _received += data.Length;
        if (_lengthLeft >= 0 && (_lengthLeft -= data.Length) < 0)
        {
            RejectBody();
            return;
        }

        // Of a tunnel that the backend has refused nothing may reach it: it would read a request.
        if (_sink is null || _sinkHasAll)
            return;
        if (_held.Length > 0 || !_sink.CanTakeRequest)
        {
            _held.Append(_connection.Worker.Buffers, data);
            return;
        }

        _sink.OnRequestData(data);
        Return(data.Length);
    }

    internal override void OnEnd()
    {
        if (_lengthLeft > 0)
        {
            RejectBody();
            return;
        }

        MarkReceiveEnded();
        if (_held.Length > 0)
            _endHeld = true;
        else
            EndRequest(null);
    }

    /// <summary>Trailers have come; they are valid during this call.</summary>
    public void OnTrailers(FieldSection trailers)
    {
        if (_lengthLeft > 0)
        {
            RejectBody();
            return;
        }

        MarkReceiveEnded();
        var section = trailers.FieldCount > 0 ? trailers : null;
        if (_held.Length == 0 && (section is null || _sink is not { CanTakeRequest: false }))
        {
            EndRequest(section);
            return;
        }

        // They wait behind the body, encoded again: their buffer is the worker's.
        _endHeld = true;
        if (section is null)
            return;
        var block = ResponseHeadEncoder.ComposeTrailers(_connection.Worker, section);
        _held.Append(_connection.Worker.Buffers, block);
        _heldTrailers = block.Length;
    }

    public void ResumeRequest()
    {
        if (_feeding || !IsOpen || _sink is null)
            return;
        _feeding = true;
        Feed();
        _feeding = false;
    }

    internal override void OnReset(Http2Error error)
    {
        _connection.OnClientReset(this);
        Leave();
    }

    internal override void OnDropped()
    {
        if (!ReceiveEnded)
            _connection.NoteReset(Id);
        Leave();
    }

    private void Feed()
    {
        if (!_sink!.CanTakeRequest)
            return;
        if (_held.Length > _heldTrailers)
        {
            var data = _held.Bytes[..^_heldTrailers];
            var length = data.Length;
            _sink.OnRequestData(data);
            if (!IsOpen)
                return;
            _held.Consume(_connection.Worker.Buffers, length);
            _owed += length;
        }

        if (_endHeld)
        {
            _endHeld = false;
            EndHeldRequest();
            return;
        }

        Return(0);
    }

    private void EndHeldRequest()
    {
        if (_heldTrailers == 0)
        {
            EndRequest(null);
            return;
        }

        // Our own encoding, without a table: it is read as it was.
        var trailers = _services.Trailers;
        var decoder = new HpackDecoder(0);
        _services.RequestHeadReader.ReadTrailers(_connection.Worker.Buffers, ref decoder, _held.Bytes, trailers);
        _held.Clear(_connection.Worker.Buffers);
        _heldTrailers = 0;
        EndRequest(trailers);
    }

    private void EndRequest(FieldSection? trailers)
    {
        if (!_sinkHasAll)
            _sink?.OnRequestEnd(trailers);
    }

    /// <summary>Gives the window back for what the sink has, unless it wants a pause.</summary>
    private void Return(int bytes)
    {
        if (!IsOpen)
            return;
        _owed += bytes;
        if (_sink is not { CanTakeRequest: true })
            return;
        GiveBack(_owed);
        _owed = 0;
    }

    /// <summary>More or less came than announced (RFC 9113 8.1.1). The backend must not take what it got for a request.</summary>
    private void RejectBody()
    {
        _services.Metrics.CountRefused(HttpError.ContentLength);
        _connection.ResetStream(this, Http2Fault.Protocol);
    }

    private bool TryAddKey(RequestHead head)
    {
        var random = _connection.Worker.Random;
        _key = new WebSocketKey(random.Next64(), random.Next64());
        Span<byte> text = stackalloc byte[WebSocketKey.Length];
        _key.Write(text);
        return _services.RequestHeadReader.TryAdd(head, WebSocketKey.KeyName, text);
    }

    private static bool IsGrpc(RequestHead head)
    {
        foreach (ref readonly var field in head.Fields)
        {
            if (field.NameLength == 12 && head.NameOf(field).SequenceEqual("content-type"u8))
                return head.ValueOf(field).StartsWith("application/grpc"u8);
        }

        return false;
    }

    /// <summary>Lets go of the sink and of the connection.</summary>
    private void Leave()
    {
        if (!IsOpen)
            return;
        var sink = _sink;
        _sink = null;
        _held.Clear(_connection.Worker.Buffers);
        _connection.Remove(this);
        Close();
        sink?.OnDownstreamGone();
    }
}
