using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
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

    /// <summary>The first attempt. The exchange may be over when it returns.</summary>
    private void SendFirst(WorkerCluster cluster, RuntimePolicy? policy, in OutgoingRequest outgoing)
    {
        _cluster = cluster;
        cluster.ActiveRequests++;
        _isIdempotent = outgoing.Head.IsIdempotent;
        _framing = IsUpgrade ? BodyFraming.UntilClose : outgoing.Head.Framing;
        if (policy is not null)
            StartClock(policy);

        var head = RequestWriter.Compose(Worker, outgoing);
        if (_retry is not null)
            KeepHead(head);
        if (Connect(null, mayReuse: true) is not { } upstream)
        {
            if (!TryRetry(RetryReason.Connect))
                Answer(503);
            return;
        }

        upstream.SendHead(head, _framing);
        if (!_keeps && upstream.IsReused && (RequestEnded || IsUpgrade) && _isIdempotent)
            KeepHead(head);
        if (RequestEnded)
            upstream.EndRequest(null);
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
            _endpoint = failed = endpoint;
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
        _services.Metrics.CountFailure(failure);
        if (Connect(_endpoint, mayReuse: false) is { } upstream)
        {
            upstream.Adopt(ref unsent, RequestEnded);
            return;
        }

        unsent.Bytes.Clear(Worker.Buffers);
        if (!TryRetry(RetryReason.Connect))
            Answer(503);
    }

    /// <summary>(5) The backend's side failed and has let go of the exchange.</summary>
    public void OnUpstreamFailed(UpstreamFailure failure, RequestFate fate)
    {
        _upstream = null;
        if (_responseStarted)
        {
            _services.Metrics.CountFailure(failure);
            Abort();
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

        _services.Metrics.CountFailure(failure);
        if (failure == UpstreamFailure.Reset && fate != RequestFate.Answered && TryRetry(RetryReason.Reset))
            return;
        Answer(failure == UpstreamFailure.ResponseTimeout ? 504 : _retries > 0 && failure == UpstreamFailure.Reset ? 503 : 502);
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
        _kept.Append(Worker.Buffers, head);
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        // While nothing is being sent, what was on its way already is all there is: at most what the client may send unasked.
        if (_kept.Length + data.Length > _services.Limits.ReplayBytes && !_isWaiting)
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
