using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// One copy of a request on its way to a backend whose answer nobody hears. It never holds the request up: what the backend does
/// not take in time is given up and counted, and nothing is tried again.
///
/// Lives until both the exchange has let go of it (<see cref="End"/>, <see cref="Abandon"/>) and its own backend has ended.
/// </summary>
internal sealed class Mirror(Worker worker, WorkerServices services) : TimerNode, IResponseSink
{
    private readonly WorkerServices _services = services;
    private WorkerCluster? _cluster;
    private IUpstream? _upstream;
    private long _responseBytes;
    private bool _isHeld;
    private bool _requestEnded;

    /// <summary>Next copy of the same request.</summary>
    public Mirror? NextCopy { get; set; }

    public bool IsHead { get; private set; }

    public bool IsUpgrade => false;

    public bool IsGrpc => false;

    public bool HasDeadline => false;

    public ReadOnlySpan<byte> WebSocketAccept => default;

    public bool CanTakeResponse => true;

    public StreamConnection? SpliceTarget => null;

    /// <summary>Sends the head. <see cref="End"/> or <see cref="Abandon"/> must follow, whatever becomes of it.</summary>
    public void Begin(WorkerCluster cluster, in OutgoingRequest request)
    {
        _isHeld = true;
        _cluster = cluster;
        cluster.ActiveMirrors++;
        IsHead = request.Head.IsHead;
        _services.Metrics.Mirrors++;
        if (cluster.ActiveMirrors > _services.Limits.Mirrors)
        {
            Drop(MirrorDrop.TooMany);
            return;
        }

        if (cluster.Choose(worker.Random, null) is not { } endpoint || (_upstream = cluster.Open(endpoint, this, _services, mayReuse: true)) is null)
        {
            Drop(MirrorDrop.Failed);
            return;
        }

        _upstream.SendHead(cluster.Compose(worker, request), request.Head.Framing);
    }

    public void Send(ReadOnlySpan<byte> data)
    {
        if (_upstream is not { } upstream)
            return;
        if (upstream.UnsentRequestBytes + data.Length > _services.Limits.MirrorBytes)
            Drop(MirrorDrop.TooSlow);
        else
            upstream.SendData(data);
    }

    /// <summary>The request is complete; the exchange lets go.</summary>
    public void End(FieldSection? trailers)
    {
        _isHeld = false;
        _requestEnded = true;
        if (_upstream is { } upstream)
        {
            worker.Timers.Schedule(this, worker.Now + _services.MirrorTimeout);
            upstream.EndRequest(trailers);
        }
        else
        {
            Recycle();
        }
    }

    /// <summary>The request broke off; the exchange lets go.</summary>
    public void Abandon()
    {
        _isHeld = false;
        if (_upstream is null)
            Recycle();
        else
            Drop(MirrorDrop.Aborted);
    }

    public void OnUpstreamDrained()
    {
    }

    public void OnInterimResponse(ResponseHead head)
    {
    }

    public void OnResponseHead(ResponseHead head)
    {
    }

    public void OnSwitched()
    {
    }

    public void OnResponseData(ReadOnlySpan<byte> data)
    {
        _responseBytes += data.Length;
        if (_responseBytes > _services.Limits.MirrorResponseBytes)
            Drop(MirrorDrop.Response);
    }

    /// <summary>Never: there is nobody to pass the body to.</summary>
    public void OnResponseSpliced(int bytes)
    {
    }

    public void OnResponseEnd(FieldSection? trailers)
    {
        // An answer to half a request: there is no more to be sent.
        _upstream = null;
        if (!_isHeld)
            Recycle();
    }

    public void OnConnectFailed(UpstreamFailure failure, ref UnsentRequest unsent)
    {
        unsent.Bytes.Clear(worker.Buffers);
        _upstream = null;
        Drop(MirrorDrop.Failed);
    }

    public void OnUpstreamFailed(UpstreamFailure failure, RequestFate fate)
    {
        _upstream = null;
        Drop(MirrorDrop.Failed);
    }

    internal override void OnTimer()
    {
        if (_upstream is not null && _requestEnded)
            Drop(MirrorDrop.Timeout);
    }

    private void Drop(MirrorDrop reason)
    {
        _services.Metrics.CountMirrorDrop(reason);
        var upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        if (!_isHeld)
            Recycle();
    }

    private void Recycle()
    {
        worker.Timers.Cancel(this);
        _cluster!.ActiveMirrors--;
        _cluster = null;
        NextCopy = null;
        _responseBytes = 0;
        IsHead = _requestEnded = false;
        _services.Return(this);
    }
}
