using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Attempts: finding an endpoint that can be connected to, and sending the request once more where that is safe without any
/// policy. What may have to be sent again is kept in <see cref="_kept"/>, the head as the cluster's protocol composes it, the
/// body as it came.
/// </content>
internal sealed partial class Exchange
{
    /// <summary>Endpoints tried for one attempt, the first included.</summary>
    private const int MaxEndpoints = 4;

    /// <summary>Times a request is sent anew because nothing can have been done with it.</summary>
    private const int MaxResends = 3;

    private WorkerCluster? _cluster;
    private WorkerEndpoint? _endpoint;
    private BodyFraming _framing;
    private ByteQueue _kept;
    private int _keptHead;
    private int _attempt;
    private int _resends;
    private bool _keeps;
    private bool _isIdempotent;
    private byte[]? _webSocketAccept;
    private bool _hasWebSocketAccept;

    public ReadOnlySpan<byte> WebSocketAccept => _hasWebSocketAccept ? _webSocketAccept : default(ReadOnlySpan<byte>);

    /// <summary>The first attempt. The exchange may be over when it returns.</summary>
    private void SendFirst(WorkerCluster cluster, RuntimePolicy? policy, in OutgoingRequest outgoing)
    {
        _cluster = cluster;
        cluster.ActiveRequests++;
        _isIdempotent = outgoing.Head.IsIdempotent;
        _framing = IsUpgrade ? BodyFraming.UntilClose : outgoing.Head.Framing;
        if (policy is not null)
            StartClock(policy);
        if (_grpc != GrpcProtocol.None)
            LimitByGrpcTimeout(outgoing.Head);

        // Over HTTP/2 a backend may say that it has not looked at a request (RFC 9113 8.7), which is then sent again.
        var head = cluster.Compose(Worker, outgoing);
        if (_retry is not null || _redirectHead is not null || cluster.Protocol == UpstreamProtocol.Http2)
            KeepHead(head);
        if (IsUpgrade && cluster.Protocol == UpstreamProtocol.Http2)
            RememberKey(outgoing.Head);
        var span = _record?.WireSpan ?? 0;
        if (Connect(null, mayReuse: true) is not { } upstream)
        {
            if (!TryRetry(RetryReason.Connect))
                AnswerUnconnected();
            return;
        }

        // The head names the first attempt, which was not sent: this one takes over its name.
        if (_record is { AttemptSpans.Count: > 1 } record)
            record.AttemptSpans.TakeOver(record.WireSpan = span);

        upstream.SendHead(head, _framing);
        if (!_keeps && upstream.IsReused && (RequestEnded || IsUpgrade) && _isIdempotent)
            KeepHead(head);
        if (RequestEnded)
            upstream.EndRequest(null);
    }

    /// <summary>What the client expects of a backend that cannot say it (<see cref="IResponseSink.WebSocketAccept"/>).</summary>
    private void RememberKey(RequestHead head)
    {
        foreach (ref readonly var field in head.Fields)
        {
            if (field.ValueLength != WebSocketKey.Length || !Ascii.EqualsIgnoreCase(head.NameOf(field), WebSocketKey.KeyName))
                continue;
            _webSocketAccept ??= new byte[WebSocketKey.AcceptLength];
            WebSocketKey.WriteAccept(head.ValueOf(field), _webSocketAccept);
            _hasWebSocketAccept = true;
            return;
        }
    }

    /// <summary>(2) A connection to the next endpoint, pooled or connecting; null when none can be had.</summary>
    private IUpstream? Connect(WorkerEndpoint? failed, bool mayReuse)
    {
        while (_attempt < MaxEndpoints && (_attempt == 0 || _attempt < _cluster!.EndpointCount))
        {
            var preferred = failed is null ? _preferred : null;
            if ((preferred ?? _cluster!.Choose(Worker.Random, failed)) is not { } endpoint)
                return null;
            _attempt++;
            _attempts++;
            _endpoint = failed = endpoint;
            if (_record is not null)
                BeginAttempt(_record, endpoint);
            _upstream = _cluster!.Open(endpoint, this, _services, mayReuse);
            if (_upstream is not null)
                return _upstream;
            mayReuse = false;
        }

        return null;
    }

    /// <summary>(2) No connection came about, so nothing was sent: what waited goes to the next endpoint.</summary>
    public void OnConnectFailed(UpstreamFailure failure, ref UnsentRequest unsent)
    {
        _upstream = null;
        CountFailure(failure);
        var span = _record?.WireSpan ?? 0;
        if (Connect(_endpoint, mayReuse: false) is { } upstream)
        {
            if (_record is not null)
                ReplaceSpan(unsent.Bytes, unsent.Bytes.Length, span, _record.WireSpan);
            upstream.Adopt(ref unsent, RequestEnded);
            return;
        }

        unsent.Bytes.Clear(Worker.Buffers);
        if (!TryRetry(RetryReason.Connect))
            AnswerUnconnected();
    }

    /// <summary>Nobody could be connected to.</summary>
    private void AnswerUnconnected() => Answer(503, _cluster!.EndpointCount == 0 ? ExchangeEnd.NoEndpoint : ExchangeEnd.ConnectFailed);

    /// <summary>(5) The backend's side failed and has let go of the exchange.</summary>
    public void OnUpstreamFailed(UpstreamFailure failure, RequestFate fate)
    {
        _upstream = null;
        if (_responseStarted)
        {
            CountFailure(failure);
            Abort(failure == UpstreamFailure.ResponseTimeout ? ExchangeEnd.Timeout : ExchangeEnd.Truncated);
            return;
        }

        // Nothing was sent, and what waited was kept: the next endpoint gets its turn.
        if (UpstreamFailures.IsConnect(failure))
        {
            CountFailure(failure);
            if (_keeps && Connect(_endpoint, mayReuse: true) is { } next)
                SendKept(next);
            else if (!TryRetry(RetryReason.Connect))
                AnswerUnconnected();
            return;
        }

        if (failure == UpstreamFailure.Reset && MayResend(fate))
        {
            _services.Metrics.UpstreamReplays++;
            _resends++;
            _attempt = 0;
            if (Connect(fate == RequestFate.Unprocessed ? _endpoint : null, mayReuse: fate == RequestFate.Unprocessed) is { } upstream)
            {
                SendKept(upstream);
                return;
            }
        }

        CountFailure(failure);
        if (failure == UpstreamFailure.Reset && fate != RequestFate.Answered && TryRetry(RetryReason.Reset, fate == RequestFate.Unprocessed))
            return;
        var isUnavailable = failure == UpstreamFailure.Reset && (_retries > 0 || fate == RequestFate.Unprocessed);
        Answer(failure == UpstreamFailure.ResponseTimeout ? 504 : isUnavailable ? 503 : 502, ExchangeEnds.Of(failure));
    }

    /// <summary>
    /// Whether a request may be sent once more whatever the rule says: nothing was done with it, or it may be done twice and met
    /// a connection that the backend had closed just when it was used again (RFC 9112 9.3.1, RFC 9110 9.2.2). A rule with
    /// retries counts the latter among its attempts: whether the backend saw the request cannot be told, and it must not see
    /// more of them than the rule says.
    /// </summary>
    private bool MayResend(RequestFate fate) => _keeps && fate switch
    {
        RequestFate.Unprocessed => _resends < MaxResends,
        RequestFate.Stale => _retry is null && _isIdempotent && _resends == 0,
        _ => false,
    };

    /// <summary>Sends what was kept. When the request is not complete, the client goes on where it is.</summary>
    private void SendKept(IUpstream upstream)
    {
        if (_record is not null)
        {
            ReplaceSpan(_kept, _keptHead, _keptSpan, _record.WireSpan);
            _keptSpan = _record.WireSpan;
        }

        var kept = _kept.Bytes;
        upstream.SendHead(kept[.._keptHead], _framing);
        if (kept.Length > _keptHead)
            upstream.SendData(kept[_keptHead..]);
        if (RequestEnded)
            upstream.EndRequest(null);
        else
            _downstream!.ResumeRequest();
    }

    private void KeepHead(ReadOnlySpan<byte> head)
    {
        _keeps = true;
        _keptHead = head.Length;
        _keptSpan = _record?.WireSpan ?? 0;
        _kept.Append(Worker.Buffers, head);
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        // While nothing can be sent, what was on its way already is all there is: at most what the client may send unasked.
        if (_kept.Length + data.Length > _services.Limits.ReplayBytes && (_upstream is null ? !_isWaiting : _upstream.CanTakeRequest))
            StopKeeping();
        else
            _kept.Append(Worker.Buffers, data);
    }

    private void StopKeeping()
    {
        if (!_keeps)
            return;
        _keeps = false;
        _kept.Clear(Worker.Buffers);
    }
}
