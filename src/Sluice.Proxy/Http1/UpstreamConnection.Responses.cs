using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <content>Reading responses.</content>
internal sealed partial class UpstreamConnection
{
    /// <summary>Interim responses before the final one; a backend that sends more is cut off.</summary>
    private const int MaxInterimResponses = 16;

    /// <summary>Bytes read in one go before other connections get their turn.</summary>
    private const int TurnBytes = 16 * Worker.ReceiveBufferSize;

    private BodyDecoder _body;
    private bool _inBody;
    private bool _switched;
    private bool _keepAlive;
    private int _interimResponses;
    private long _receivedBefore;
    private long _receivedAtTimer;

    protected override void OnReadable()
    {
        var left = TurnBytes;
        while (IsOpen && Readable)
        {
            if (_sink is not { } sink)
            {
                // Nobody asked: the backend closes, or says something that belongs to no request. An event without anything
                // behind it is left over from bytes that were read before it was looked at.
                if (Receive(Worker.ReceiveBuffer) != -1)
                    CloseUnused();
                return;
            }

            if (!sink.CanTakeResponse)
                return;

            var count =
                _inBody && (IsSplicing || TryBeginSplice(sink)) ? Splice(sink) :
                _input.Length == 0 ? ReceiveFresh() : ReceiveMore();
            if (count <= 0)
            {
                if (count != -1)
                    OnEnd(sink, failed: count == -2);
                return;
            }

            // The client's side may read now. Not earlier: both use the worker's one receive buffer.
            if (_switched)
            {
                _switched = false;
                _sink?.OnSwitched();
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

    private unsafe int ReceiveMore()
    {
        var count = Receive(_input.Reserve(Worker.Buffers, 4096));
        if (count > 0)
        {
            _input.Commit(count);
            var used = Process(_input.Pointer, _input.Length);
            if (IsOpen && used > 0)
                _input.Consume(Worker.Buffers, used);
        }

        return count;
    }

    /// <summary>Takes what is complete and returns how much that was. The connection may be closed or pooled afterwards.</summary>
    private unsafe int Process(byte* bytes, int length)
    {
        var position = 0;
        while (position < length && _sink is { } sink)
        {
            if (!_inBody)
            {
                var head = _services.ResponseHead;
                head.Buffer = bytes + position;
                switch (_services.ResponseParser.Parse(new ReadOnlySpan<byte>(bytes + position, length - position), head, sink.IsHead, out var consumed))
                {
                    case ParseResult.NeedMore:
                        return position;
                    case ParseResult.Failed:
                        _services.Metrics.CountBadResponse(_services.ResponseParser.Error);
                        Fail(UpstreamFailure.Protocol);
                        return length;
                }

                position += consumed;
                if (!OnHead(sink, head, extra: position < length))
                    return length;
                continue;
            }

            if (!ProcessBody(sink, bytes, length, ref position))
                return position;
        }

        return position;
    }

    /// <summary>False when the connection no longer belongs to the sink.</summary>
    private bool OnHead(IResponseSink sink, ResponseHead head, bool extra)
    {
        if (head.StatusCode is >= 100 and < 200 and not 101)
        {
            if (++_interimResponses > MaxInterimResponses)
            {
                _services.Metrics.CountBadResponse(HttpError.TooManyInterimResponses);
                Fail(UpstreamFailure.Protocol);
                return false;
            }

            sink.OnInterimResponse(head);
            return IsOpen && _sink == sink;
        }

        if (head.StatusCode == 101)
        {
            if (!sink.IsUpgrade || !head.IsWebSocketUpgrade)
            {
                _services.Metrics.CountBadResponse(HttpError.UnexpectedUpgrade);
                Fail(UpstreamFailure.Protocol);
                return false;
            }

            head.Framing = BodyFraming.UntilClose;
            _switched = true;
        }
        else if (sink.IsUpgrade)
        {
            _requestFraming = BodyFraming.None;
            _requestEnded = true;
        }

        _inBody = true;
        _keepAlive = _services.ResponseParser.KeepAlive && head.StatusCode != 101;
        _body = new BodyDecoder(head.Framing, head.ContentLength);
        _receivedAtTimer = BytesReceived;
        if (!_body.IsDone)
        {
            var pause = head.StatusCode == 101 ? _services.TunnelIdleTimeout : _services.UpstreamBodyTimeout;
            Worker.Timers.Schedule(this, Worker.Now + pause);
        }

        sink.OnResponseHead(head);

        // The sink may have let go of the response, or left it to be thrown away.
        if (!IsOpen || _sink is not { } taker)
            return false;
        if (_body.IsDone)
        {
            Complete(taker, null, extra);
            return false;
        }

        return true;
    }

    /// <summary>False when nothing more can be taken now.</summary>
    private unsafe bool ProcessBody(IResponseSink sink, byte* bytes, int length, ref int position)
    {
        var trailers = _services.Trailers;
        trailers.Buffer = bytes;
        var status = _body.Next(new ReadOnlySpan<byte>(bytes, length), ref position, trailers, _services.Limits.TrailerBytes, out var data);
        switch (status)
        {
            case ChunkedStatus.Data:
                sink.OnResponseData(data);
                if (_sink != sink)
                    return false;
                if (_body.IsDone)
                {
                    Complete(sink, null, extra: position < length);
                    position = length;
                    return false;
                }

                return true;
            case ChunkedStatus.Trailers:
                Complete(sink, trailers.FieldCount > 0 ? trailers : null, extra: position < length);
                position = length;
                return false;
            case ChunkedStatus.Failed:
                _services.Metrics.CountBadResponse(HttpError.Chunk);
                position = length;
                Fail(UpstreamFailure.Truncated);
                return false;
            default:
                return false;
        }
    }

    /// <summary>The response has ended. Bytes behind it belong to nothing, so the connection is then not used again.</summary>
    private void Complete(IResponseSink sink, FieldSection? trailers, bool extra)
    {
        var reuse = _keepAlive && _requestEnded && !extra && !MoreWaits();
        _inBody = false;
        if (trailers is null)
        {
            // First back to the pool: the client's next request may already be waiting.
            Release(reuse);
            sink.OnResponseEnd(null);
        }
        else
        {
            // Trailers are slices of the input, which must live until they are written.
            sink.OnResponseEnd(trailers);
            Release(reuse);
        }
    }

    /// <summary>
    /// Whether the socket holds more, or its end. Looked at only when the last read left that open: what waits there now would
    /// become the answer to the next request.
    /// </summary>
    private bool MoreWaits() => Readable && Receive(stackalloc byte[1]) != -1;

    private void OnEnd(IResponseSink sink, bool failed)
    {
        // A body without framing is complete when its connection ends in order (RFC 9112 8), not when it is reset.
        if (_inBody && _body.Framing == BodyFraming.UntilClose && !failed)
            Complete(sink, null, extra: false);
        else
            Fail(_inBody ? UpstreamFailure.Truncated : UpstreamFailure.Reset);
    }

    private void OnBodyTimer()
    {
        // A pause that the client causes is its own affair (it has its own timer).
        var sink = _sink!;
        if (sink.IsUpgrade)
        {
            Worker.Timers.Schedule(this, Worker.Now + _services.TunnelIdleTimeout);
        }
        else if (sink == ResponseDrain.Instance || (BytesReceived == _receivedAtTimer && sink.CanTakeResponse))
        {
            Fail(UpstreamFailure.Truncated);
        }
        else
        {
            _receivedAtTimer = BytesReceived;
            Worker.Timers.Schedule(this, Worker.Now + _services.UpstreamBodyTimeout);
        }
    }
}
