using System.Diagnostics;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// One request and its response, between a client's side and a backend's side that know nothing of each other:
///
///   (1) Begin: find the listener, virtual host and rule; redirect, answer directly, or choose a backend.
///   (2) Connect: a pooled or new connection to an endpoint; when connecting fails the next endpoint gets its turn.
///   (3) The request's body goes to the backend as it comes (OnRequestData, OnRequestEnd), paused while the backend is slow.
///   (4) The response goes to the client as it comes (OnResponse…), paused while the client is slow.
///   (5) Whichever side fails, the other is told once, and the exchange is over.
///
/// Belongs to one worker; reused. An object that is over is not used again before the worker's next turn.
/// </summary>
internal sealed class Exchange(Worker worker, WorkerServices services) : IRequestSink
{
    /// <summary>Connections tried before giving up, the first included.</summary>
    private const int MaxAttempts = 4;

    private readonly WorkerServices _services = services;
    private IDownstream? _downstream;
    private IUpstream? _upstream;
    private WorkerCluster? _cluster;
    private ByteQueue _replay;
    private long _started;
    private int _attempt;
    private bool _responseStarted;

    public Worker Worker { get; } = worker;

    public RuntimeListener? Listener { get; private set; }

    /// <summary>Response edits of the rule and, when one was chosen, of the backend.</summary>
    public HeaderEdits ResponseEdits { get; private set; } = HeaderEdits.None;

    public bool IsHead { get; private set; }

    /// <summary>The client asked for a WebSocket and the backend is asked for the same.</summary>
    public bool IsUpgrade { get; private set; }

    /// <summary>The request has been read to its end.</summary>
    public bool RequestEnded { get; private set; }

    /// <summary>The backend can take more of the request.</summary>
    public bool CanTakeRequest => IsUpgrade && !_responseStarted ? false : _upstream is null || _upstream.CanTakeRequest;

    /// <summary>The client can take more of the response.</summary>
    public bool CanTakeResponse => _downstream is null || _downstream.CanTakeResponse;

    /// <summary>The client's connection, when it may be given the bytes of the body by the kernel; otherwise null.</summary>
    public StreamConnection? SpliceTarget => _downstream?.SpliceTarget;

    /// <summary>(1) The head is valid only during this call. The exchange may be over when it returns.</summary>
    public void Begin(IDownstream downstream, RequestHead head, PortTable? table)
    {
        _downstream = downstream;
        _started = Stopwatch.GetTimestamp();
        IsHead = head.IsHead;
        RequestEnded = head.Framing == BodyFraming.None && !head.IsWebSocketUpgrade;

        RuntimeListener? listener = null;
        var found = table?.Listeners.Match(head, out listener);
        Listener = listener;
        if (found is not { } entry)
        {
            Answer(404);
            return;
        }

        ResponseEdits = entry.Rule.ResponseEdits;
        Perform(entry.Rule.Action, entry, head, table!);
    }

    private void Perform(RuntimeAction? action, RuntimeEntry entry, RequestHead head, PortTable table)
    {
        switch (action)
        {
            case RuntimeForward forward:
                Forward(forward, entry, head, table);
                break;
            case RuntimeRedirect redirect:
                redirect.Location.TryWrite(head, entry.MatchedLength(head.PathSlice.Length), secure: false, Listener!.Source.Port, Worker.Scratch, out var length);
                var location = Worker.Scratch[..length];
                Answer(new LocalAnswer { StatusCode = redirect.StatusCode, Location = location, Edits = ResponseEdits });
                break;
            case RuntimeDirectResponse direct:
                Answer(new LocalAnswer { StatusCode = direct.StatusCode, ContentType = direct.ContentType.Span, Body = direct.Body.Span, Edits = ResponseEdits });
                break;
            default:
                Answer(500);
                break;
        }
    }

    private void Forward(RuntimeForward forward, RuntimeEntry entry, RequestHead head, PortTable table)
    {
        // HTTPRouteRule.backendRefs: no usable backend for this share of the requests is 500.
        if (forward.Choose() is not { } backend)
        {
            Answer(500);
            return;
        }

        ResponseEdits = backend.ResponseEdits;
        if (backend.Answer is not null)
        {
            Perform(backend.Answer, entry, head, table);
            return;
        }

        if (backend.ClusterId < 0 || table.Clusters[backend.ClusterId] is not { } cluster)
        {
            Answer(500);
            return;
        }

        _cluster = cluster.For(Worker);
        IsUpgrade = head.IsWebSocketUpgrade;
        _attempt = 0;
        if (Connect(null) is not { } connection)
        {
            Answer(503);
            return;
        }

        var framing = IsUpgrade ? BodyFraming.UntilClose : head.Framing;
        var composed = RequestWriter.Compose(Worker, head, Listener!, entry, backend, _downstream!.ClientAddress);
        connection.SendHead(composed, framing);
        if (connection.IsReused && (RequestEnded || IsUpgrade) && head.IsIdempotent)
            _replay.Append(Worker.Buffers, composed);
        if (RequestEnded)
            connection.EndRequest(null);
    }

    /// <summary>(2) A connection to the next endpoint, pooled or connecting; null when none can be had.</summary>
    private UpstreamConnection? Connect(WorkerEndpoint? failed)
    {
        var mayReuse = failed is null;
        while (_attempt < MaxAttempts && (_attempt == 0 || _attempt < _cluster!.EndpointCount))
        {
            if (_cluster!.Choose(Worker.Random, _attempt, failed) is not { } endpoint)
                return null;
            _attempt++;
            if (mayReuse && endpoint.TakeIdle() is { } idle)
                return Attach(idle);

            var connection = _services.RentUpstream();
            if (connection.TryConnect(endpoint, _cluster.Cluster.Configuration.ConnectTimeout))
                return Attach(connection);
            _services.Metrics.CountFailure(UpstreamFailure.Connect);
            _services.Return(connection);
            failed = endpoint;
        }

        return null;
    }

    /// <summary>A new connection for a request that a kept one failed.</summary>
    private UpstreamConnection? ConnectAnew()
    {
        _attempt = 0;
        if (_cluster!.Choose(Worker.Random, 0, null) is not { } endpoint)
            return null;
        _attempt++;
        var connection = _services.RentUpstream();
        if (connection.TryConnect(endpoint, _cluster.Cluster.Configuration.ConnectTimeout))
            return Attach(connection);
        _services.Return(connection);
        return null;
    }

    private UpstreamConnection Attach(UpstreamConnection connection)
    {
        connection.Attach(this);
        _upstream = connection;
        return connection;
    }

    /// <summary>(3)</summary>
    public void OnRequestData(ReadOnlySpan<byte> data) => _upstream?.SendData(data);

    public void OnRequestEnd(FieldSection? trailers)
    {
        RequestEnded = true;
        _upstream?.EndRequest(trailers);
    }

    public void OnUpstreamDrained()
    {
        if (!RequestEnded || IsUpgrade)
            _downstream?.ResumeRequest();
    }

    /// <summary>(4)</summary>
    public void OnInterimResponse(ResponseHead head) => _downstream?.SendInterim(this, head);

    public void OnResponseHead(ResponseHead head)
    {
        _responseStarted = true;
        _replay.Clear(Worker.Buffers);
        if (IsUpgrade && head.StatusCode != 101)
        {
            // No tunnel: the request has ended with its head.
            IsUpgrade = false;
            RequestEnded = true;
        }

        CountResponse(head.StatusCode);
        _downstream!.SendHead(this, head);
    }

    /// <summary>The tunnel is there, and what came with the head has been passed on: the client's bytes may follow.</summary>
    public void OnSwitched() => _downstream?.ResumeRequest();

    public void OnResponseData(ReadOnlySpan<byte> data) => _downstream!.SendData(data);

    /// <summary>The backend's side is done with the exchange already, or will be without asking again.</summary>
    public void OnResponseEnd(FieldSection? trailers)
    {
        var downstream = _downstream!;
        End();
        downstream.EndResponse(trailers);
    }

    public void OnDownstreamDrained() => _upstream?.ResumeResponse();

    /// <summary>The client has gone: the backend need not go on.</summary>
    public void OnDownstreamGone()
    {
        _upstream?.Cancel();
        _services.Metrics.ClientAborts++;
        End();
    }

    /// <summary>(2) No connection came about, so nothing was sent: what waited goes to the next endpoint.</summary>
    public void OnConnectFailed(WorkerEndpoint endpoint, UpstreamFailure failure, BodyFraming framing, ref ByteQueue unsent)
    {
        _upstream = null;
        _services.Metrics.CountFailure(failure);
        if (Connect(endpoint) is { } connection)
        {
            connection.Adopt(ref unsent, framing, RequestEnded);
            return;
        }

        unsent.Clear(Worker.Buffers);
        Answer(503);
    }

    /// <summary>(5) The backend's side failed and has let go of the exchange.</summary>
    public void OnUpstreamFailed(UpstreamFailure failure, bool stale)
    {
        _upstream = null;
        if (_responseStarted)
        {
            _services.Metrics.CountFailure(failure);
            var downstream = _downstream!;
            End();
            downstream.AbortResponse();
            return;
        }

        // The backend had closed a kept connection just when it was used again. Nothing can have been done with the request,
        // or it may be done twice (RFC 9112 9.3.1, RFC 9110 9.2.2): it is sent once more, over a new connection.
        if (stale && failure == UpstreamFailure.Reset && _replay.Length > 0 && ConnectAnew() is { } connection)
        {
            _services.Metrics.UpstreamReplays++;
            connection.SendHead(_replay.Bytes, IsUpgrade ? BodyFraming.UntilClose : BodyFraming.None);
            if (RequestEnded)
                connection.EndRequest(null);
            _replay.Clear(Worker.Buffers);
            return;
        }

        _services.Metrics.CountFailure(failure);
        Answer(failure == UpstreamFailure.ResponseTimeout ? 504 : 502);
    }

    /// <summary>An answer of the proxy's own, with its status as text.</summary>
    private void Answer(int statusCode)
    {
        Span<byte> body = stackalloc byte[64];
        var writer = new HeadWriter(body);
        writer.Write(statusCode);
        writer.Write((byte)' ');
        writer.Write(StatusText.Reason(statusCode));
        writer.Write((byte)'\n');
        Answer(new LocalAnswer { StatusCode = statusCode, ContentType = "text/plain"u8, Body = writer.Written, Edits = ResponseEdits });
    }

    private void Answer(in LocalAnswer answer)
    {
        CountResponse(answer.StatusCode);
        var downstream = _downstream!;
        End();
        downstream.SendLocal(answer);
    }

    private void CountResponse(int statusCode) =>
        Listener?.Metrics?.For(Worker).Count(statusCode, Stopwatch.GetTimestamp() - _started);

    /// <summary>Forgets everything; the object is used again on a later turn.</summary>
    private void End()
    {
        _downstream = null;
        _upstream = null;
        _cluster = null;
        Listener = null;
        ResponseEdits = HeaderEdits.None;
        _replay.Clear(Worker.Buffers);
        _responseStarted = IsUpgrade = IsHead = RequestEnded = false;
        _services.Return(this);
    }
}
