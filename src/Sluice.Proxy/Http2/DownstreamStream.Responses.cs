using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Http2;

/// <content>The response. What the client's windows do not let pass waits here: at most what the backend's side reads in one go.</content>
internal sealed partial class DownstreamStream
{
    private bool _isHead;
    private bool _isTunnel;
    private bool _expectsContinue;
    private bool _continueSent;
    private bool _responseStarted;
    private WebSocketKey _key;

    public bool CanTakeResponse => !HasPending;

    public StreamConnection? SpliceTarget => null;

    private void ResetResponse() =>
        _isHead = _isTunnel = _expectsContinue = _continueSent = _responseStarted = false;

    public void SendInterim(Exchange exchange, ResponseHead head)
    {
        // 101 has no meaning here (RFC 9113 8.6), and 100 is only for who asked.
        if (head.StatusCode == 101 || (head.StatusCode == 100 && (!_expectsContinue || _continueSent)))
            return;
        _continueSent |= head.StatusCode == 100;
        _connection.WriteHeaders(this, ResponseHeadEncoder.ComposeInterim(_connection.Worker, head), endsStream: false);
    }

    private void SendContinue()
    {
        _continueSent = true;
        var writer = new HpackWriter(_connection.Worker.Scratch);
        writer.WriteStatus(100);
        _connection.WriteHeaders(this, writer.Written, endsStream: false);
    }

    /// <summary>Whether it answers the key that the backend was given: over HTTP/2 the client has none to compare with.</summary>
    public bool TakesTunnel(ResponseHead head) => HasAnswer(head);

    public void SendHead(Exchange exchange, ResponseHead head)
    {
        // No tunnel came about: what the client sends for it goes nowhere.
        if (head.StatusCode != 101)
            EndTunnel();
        _responseStarted = true;
        var endsStream = head.Framing == BodyFraming.None;
        _connection.WriteHeaders(this, ResponseHeadEncoder.Compose(_connection.Worker, head, exchange.ResponseEdits, exchange.ServerHeader), endsStream);
        if (endsStream)
            MarkSendEnded();
    }

    public void SendData(ReadOnlySpan<byte> data) => Send(data);

    public void EndResponse(FieldSection? trailers)
    {
        _sink = null;
        if (SendEnded)
            OnSendEnded();
        else
            EndSending(trailers is null ? default : ResponseHeadEncoder.ComposeTrailers(_connection.Worker, trailers));
    }

    public void SendLocal(in LocalAnswer answer)
    {
        EndTunnel();
        _responseStarted = true;
        if (answer.IsStreamed)
        {
            _connection.WriteHeaders(this, ResponseHeadEncoder.ComposeLocal(_connection.Worker, answer, _services.Date), endsStream: false);
            return;
        }

        _sink = null;
        var hasBody = !_isHead && answer.Body.Length > 0;
        _connection.WriteHeaders(this, ResponseHeadEncoder.ComposeLocal(_connection.Worker, answer, _services.Date), endsStream: !hasBody);
        if (hasBody)
        {
            Send(answer.Body);
            EndSending(default);
        }
        else
        {
            MarkSendEnded();
            OnSendEnded();
        }
    }

    public void AbortResponse()
    {
        _sink = null;
        _connection.ResetStream(this, Http2Fault.Truncated);
    }

    /// <summary>Answers a request that is not served, or not any further; what may follow of it is not wanted.</summary>
    public void Refuse(HttpError error)
    {
        _services.Metrics.CountRefused(error);
        var sink = _sink;
        _sink = null;
        sink?.OnDownstreamRefused(error);
        if (sink is null)
            RefusedRecord.Write(_connection.Binding, this, error);
        var answer = new LocalAnswer
        {
            StatusCode = HttpErrors.StatusCode(error),
            ContentType = "text/plain"u8,
            Body = _services.ErrorBody(error),
            Allow = error == HttpError.Connect ? "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH"u8 : default,
            Server = _connection.Settings?.ServerHeader,
        };
        SendLocal(_connection.Settings?.LocalReplies is { } replies ? replies.Apply(_services, this, answer) : answer);
    }

    internal override void OnWritable()
    {
        Mark();
        _sink?.OnDownstreamDrained();
    }

    /// <summary>When the request is not complete, nothing more of it is wanted (RFC 9113 8.1).</summary>
    protected override void OnSendEnded()
    {
        if (!ReceiveEnded)
        {
            _connection.NoteReset(Id);
            _connection.WriteReset(Id);
        }

        _connection.NoteServed();
        Leave();
    }

    private void EndTunnel()
    {
        if (!_isTunnel)
            return;
        _isTunnel = false;
        _sinkHasAll = true;
        _held.Clear(_connection.Worker.Buffers);
        _endHeld = false;
    }

    private bool HasAnswer(ResponseHead head)
    {
        foreach (ref readonly var field in head.Fields)
        {
            if (Ascii.EqualsIgnoreCase(head.NameOf(field), WebSocketKey.AcceptName))
                return _key.IsAnsweredBy(head.ValueOf(field));
        }

        return false;
    }
}
