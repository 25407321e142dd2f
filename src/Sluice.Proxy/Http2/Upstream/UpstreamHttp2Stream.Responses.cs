using Sluice.Proxy.Http;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2.Upstream;

/// <content>
/// The response. Its bytes are given to the sink as they come; while the sink cannot take more, the window is not given back, so
/// that at most one window of the stream comes unasked.
/// </content>
internal sealed partial class UpstreamHttp2Stream
{
    /// <summary>Interim responses before the final one; a backend that sends more is cut off.</summary>
    private const int MaxInterimResponses = 16;

    private int _interimResponses;
    private int _owed;
    private bool _isBodyless;
    private long _expected; // Content-Length; -1 without
    private long _received;

    /// <summary>The final head has come: a field block that comes now is trailers.</summary>
    public bool InBody { get; private set; }

    private void ResetResponse()
    {
        _interimResponses = _owed = 0;
        _received = 0;
        _expected = -1;
        InBody = _isBodyless = false;
    }

    /// <summary>A head that is well-formed in itself. The stream may be over when this returns.</summary>
    public void OnHead(ResponseHead head, ResponseHeadReader reader, bool endsStream)
    {
        var sink = _sink!;
        if (head.StatusCode < 200)
        {
            if (endsStream || ++_interimResponses > MaxInterimResponses)
            {
                Refuse(endsStream ? HttpError.StatusLine : HttpError.TooManyInterimResponses);
                return;
            }

            reader.AddReason(head);
            sink.OnInterimResponse(head);
            return;
        }

        InBody = true;
        if (endsStream)
            MarkReceiveEnded();
        _isBodyless = sink.IsHead || head.StatusCode is 204 or 304;
        _isTunnel &= head.StatusCode < 300;
        if (_isTunnel)
            reader.MakeSwitch(head, sink.WebSocketAccept);
        else
            head.Framing =
                _isBodyless || endsStream || head.ContentLength == 0 ? BodyFraming.None :
                head.ContentLength > 0 ? BodyFraming.Length : BodyFraming.Chunked;
        _expected = _isBodyless ? -1 : head.ContentLength;
        if (endsStream && _expected > 0)
        {
            Refuse(HttpError.ContentLength);
            return;
        }

        SetTimer(BodyPause);
        reader.AddReason(head);
        sink.OnResponseHead(head);
        if (_sink != sink)
            return;
        if (endsStream)
            Complete(null);
        else if (_isTunnel)
            sink.OnSwitched();
    }

    internal override void OnData(ReadOnlySpan<byte> data)
    {
        _received += data.Length;
        if (!InBody || _isBodyless || (_expected >= 0 && _received > _expected))
        {
            Refuse(InBody ? HttpError.ContentLength : HttpError.StatusLine);
            return;
        }

        var sink = _sink!;
        sink.OnResponseData(data);
        if (_sink != sink)
            return;
        _owed += data.Length;
        if (sink.CanTakeResponse)
            ResumeResponse();
    }

    /// <summary>Whoever is slow gets no more than what is on its way.</summary>
    public void ResumeResponse()
    {
        if (_sink is null || _owed == 0)
            return;
        GiveBack(_owed);
        _owed = 0;
    }

    internal override void OnEnd()
    {
        MarkReceiveEnded();
        if (!InBody || (_expected >= 0 && _received < _expected))
            Refuse(InBody ? HttpError.ContentLength : HttpError.StatusLine);
        else
            Complete(null);
    }

    public void OnTrailers(FieldSection trailers, bool endsStream)
    {
        if (endsStream)
            MarkReceiveEnded();
        if (!endsStream || (_expected >= 0 && _received < _expected))
            Refuse(endsStream ? HttpError.ContentLength : HttpError.Trailer);
        else
            Complete(trailers.FieldCount > 0 ? trailers : null);
    }

    /// <summary>The message is malformed: a stream error (RFC 9113 8.1.1).</summary>
    public void Refuse(HttpError error)
    {
        _services.Metrics.CountBadResponse(error);
        _connection.ResetStream(this, Http2Fault.Protocol);
    }

    private void Complete(FieldSection? trailers)
    {
        // What is left of the request is not wanted any more (RFC 9113 8.1).
        var sink = _sink!;
        Release(Http2Error.Cancel);
        sink.OnResponseEnd(trailers);
    }
}
