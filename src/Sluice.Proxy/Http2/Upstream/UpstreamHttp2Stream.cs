using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2.Upstream;

/// <summary>
/// One request and its response on an HTTP/2 connection to a backend. This part: its life, and the request's way out; the response
/// is in UpstreamHttp2Stream.Responses.cs, deadlines in UpstreamHttp2Stream.Timers.cs.
/// </summary>
internal sealed partial class UpstreamHttp2Stream(Worker worker, WorkerServices services) : Http2Stream, IUpstream
{
    /// <summary>From so many waiting bytes on, whoever produces them pauses. This and one read of a client are the most that waits.</summary>
    private const int HighWater = 16 * 1024;

    private readonly WorkerServices _services = services;
    private UpstreamHttp2Connection _connection = null!;
    private IResponseSink? _sink;
    private ByteQueue _heldHead;
    private bool _isTunnel;
    private bool _isRefused;
    private bool _requestEnded;
    private long _receivedBefore;

    protected override Http2Connection Http2 => _connection;

    /// <summary>Its body is asked for when the connection has come about.</summary>
    public bool AwaitsConnection { get; private set; }

    public bool IsReused { get; private set; }

    public bool CanTakeRequest => PendingBytes < HighWater && _heldHead.Length == 0 && !_connection.IsConnecting;

    public int UnsentRequestBytes => PendingBytes;

    public void Attach(UpstreamHttp2Connection connection, IResponseSink sink, bool reused)
    {
        _connection = connection;
        _sink = sink;
        IsReused = reused;
        AwaitsConnection = connection.IsConnecting;
        _receivedBefore = connection.BytesReceived;
        _isTunnel = _isRefused = _requestEnded = false;
        ResetResponse();
        ResetTimer();
        Reopen();
        connection.Endpoint.ActiveRequests++;
    }

    public void SendHead(ReadOnlySpan<byte> head, BodyFraming framing)
    {
        _isTunnel = framing == BodyFraming.UntilClose;
        SetTimer(_services.ResponseTimeout);
        if (!_isTunnel || _connection.AllowsTunnels == true)
        {
            WriteHead(head, endsStream: framing == BodyFraming.None);
        }
        else if (_connection.AllowsTunnels is null)
        {
            // Only the backend's settings say whether it understands (RFC 8441 3).
            _heldHead.Append(worker.Buffers, head);
            _connection.Hold(this);
        }
        else
        {
            _connection.Hold(this);
            RefuseTunnel();
        }
    }

    private void WriteHead(ReadOnlySpan<byte> head, bool endsStream)
    {
        Open(_connection.TakeId(), _connection.PeerWindow, _services.Limits.Http2StreamWindowBytes);
        _connection.Add(this);
        _connection.WriteHeaders(this, head, endsStream);
        if (endsStream)
            MarkSendEnded();
    }

    /// <summary>Not from inside the call that asks for the tunnel: it does not expect the end yet.</summary>
    private void RefuseTunnel()
    {
        _isRefused = true;
        SetTimer(0);
    }

    /// <summary>The backend has said what it takes.</summary>
    public void OnPeerSettings()
    {
        if (_isRefused)
            return;
        if (_connection.AllowsTunnels != true)
        {
            RefuseTunnel();
            return;
        }

        WriteHead(_heldHead.Bytes, endsStream: false);
        _heldHead.Clear(worker.Buffers);
        if (_requestEnded)
            EndSending(default);
    }

    public void SendData(ReadOnlySpan<byte> data) => Send(data);

    public void EndRequest(FieldSection? trailers)
    {
        _requestEnded = true;
        if (_isRefused || _heldHead.Length > 0)
            return;
        SetTimer(InBody ? BodyPause : _services.ResponseTimeout);
        if (!SendEnded)
            EndSending(trailers is null ? default : Http2RequestWriter.ComposeTrailers(worker, trailers));
    }

    public void Adopt(ref UnsentRequest unsent, bool requestEnded) =>
        throw new InvalidOperationException("connections of this protocol give nothing back that could be adopted");

    protected override void OnSendEnded()
    {
    }

    public void OnConnected()
    {
        AwaitsConnection = false;
        OnWritable();
    }

    internal override void OnWritable()
    {
        if (!_requestEnded)
            _sink?.OnUpstreamDrained();
    }

    public void Cancel() => Release(Http2Error.Cancel);

    /// <summary>There is no connection to be saved by reading on.</summary>
    public void Discard() => Release(Http2Error.Cancel);

    /// <summary>Ends the stream, tells the backend unless the reset is NoError, and then the sink.</summary>
    public void Fail(UpstreamFailure failure, RequestFate fate, Http2Error reset)
    {
        var sink = _sink;
        Release(reset);
        sink?.OnUpstreamFailed(failure, fate);
    }

    /// <summary>The connection has ended.</summary>
    public void OnConnectionLost(UpstreamFailure failure)
    {
        var fate =
            Id == 0 || UpstreamFailures.IsConnect(failure) ? RequestFate.Unprocessed :
            InBody ? RequestFate.Answered :
            IsReused && _connection.BytesReceived == _receivedBefore ? RequestFate.Stale : RequestFate.Sent;
        Fail(InBody ? UpstreamFailure.Truncated : failure, fate, Http2Error.NoError);
    }

    /// <summary>A rule was broken on this stream: the connection tells the backend.</summary>
    internal override void OnDropped() =>
        Fail(InBody ? UpstreamFailure.Truncated : UpstreamFailure.Protocol, RequestFate.Answered, Http2Error.NoError);

    internal override void OnReset(Http2Error error)
    {
        var failure =
            InBody ? UpstreamFailure.Truncated :
            error == Http2Error.Http11Required ? UpstreamFailure.Protocol : UpstreamFailure.Reset;
        Fail(failure, error == Http2Error.RefusedStream ? RequestFate.Unprocessed : InBody ? RequestFate.Answered : RequestFate.Sent, Http2Error.NoError);
    }

    private void Release(Http2Error reset)
    {
        if (_sink is null)
            return;
        _sink = null;
        CancelTimer();
        _heldHead.Clear(worker.Buffers);
        var isOver = SendEnded && ReceiveEnded;
        Close();
        _connection.Remove(this, isOver ? Http2Error.NoError : reset);
    }
}
