using System.Diagnostics;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Exchanges;

/// <summary>
/// One request and its response, between a client's side and a backend's side that know nothing of each other:
///
///   (1) Begin: find the listener, virtual host and rule; redirect, answer directly, or choose a backend.
///   (2) Connect: a pooled or new connection to an endpoint; when connecting fails the next endpoint gets its turn, and when an
///       attempt fails the rule's retries (Exchange.Attempts.cs, Exchange.Retries.cs).
///   (3) The request's body goes to the backend as it comes (OnRequestData, OnRequestEnd), paused while the backend is slow,
///       and to mirrors that do not count (Exchange.Mirrors.cs).
///   (4) The response goes to the client as it comes (OnResponse…), paused while the client is slow.
///   (5) Whichever side fails, the other is told once, and the exchange is over. So it is when a timeout of the rule has passed
///       (Exchange.Timeouts.cs).
///
/// Belongs to one worker; reused. An object that is over is not used again before the worker's next turn. What a rule without
/// timeouts, retries and mirrors does not need costs it one comparison.
/// </summary>
internal sealed partial class Exchange(Worker worker, WorkerServices services) : TimerNode, IRequestSink, IResponseSink
{
    private readonly WorkerServices _services = services;
    private IDownstream? _downstream;
    private IUpstream? _upstream;
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
    public bool CanTakeRequest => IsUpgrade && !_responseStarted ? false : _upstream is null ? !_isWaiting && !_isFiltering : _upstream.CanTakeRequest;

    /// <summary>The client can take more of the response.</summary>
    public bool CanTakeResponse => _downstream is null || (_downstream.CanTakeResponse && _throttle is not { IsEmpty: false });

    /// <summary>The client's connection, when it may be given the bytes of the body by the kernel; otherwise null.</summary>
    public StreamConnection? SpliceTarget => _throttle is null ? _downstream?.SpliceTarget : null;

    /// <summary>(1) The head is valid only during this call. The exchange may be over when it returns.</summary>
    public void Begin(IDownstream downstream, RequestHead head, PortTable? table)
    {
        _downstream = downstream;
        _started = Stopwatch.GetTimestamp();
        IsHead = head.IsHead;
        RequestEnded = head.Framing == BodyFraming.None && !head.IsWebSocketUpgrade;
        _grpc = GrpcContentType.ProtocolOf(head);
        if (head.ExplainTokens > 0)
            BeginExplaining(head);
        if (table?.Http is not null && !BeginSettings(ref head, table))
            return;
        if (table?.Telemetry?.For(Worker) is { } telemetry)
            BeginRecord(telemetry, head);

        var entry = Find(downstream.Tls, head, table, out var isMisdirected);
        OnBegun(entry);
        if (entry is null)
        {
            Answer(isMisdirected ? 421 : 404, isMisdirected ? ExchangeEnd.Misdirected : Listener is null ? ExchangeEnd.NoListener : ExchangeEnd.NoRoute);
            return;
        }

        UseEdits(entry.Rule.ResponseEdits);
        if (entry.Rule.Filters is not null)
            BeginFilters(head, table!);
        else if (entry.Rule.Cors is not { } cors || !ApplyCors(cors, head))
            Serve(entry, head, table!);
    }

    /// <summary>The request may be served. The exchange may be over when this returns.</summary>
    private void Serve(RuntimeEntry entry, RequestHead head, PortTable table)
    {
        if (_grpc < GrpcProtocol.Web || !entry.Rule.Source.IsGrpc)
        {
            Perform(entry.Rule.Action, entry, head, table);
            return;
        }

        if (BeginWeb(head) is not { } translated)
            return;
        var web = _web!;
        Perform(entry.Rule.Action, entry, translated, table);
        web.ReleaseHead();
    }

    /// <summary>The entry that serves the request, of the listener that it belongs to.</summary>
    private RuntimeEntry? Find(TlsSession? tls, RequestHead head, PortTable? table, out bool isMisdirected)
    {
        isMisdirected = false;
        if (table is null)
            return null;
        if (tls is null)
        {
            var found = table.Listeners.Match(head, out var listener);
            Listener = listener;
            return found;
        }

        Listener = tls.ListenerIn(table);
        return table.Listeners.Match(head, Listener, out isMisdirected);
    }

    private void Perform(RuntimeAction? action, RuntimeEntry entry, RequestHead head, PortTable table)
    {
        switch (action)
        {
            case RuntimeForward forward:
                Forward(forward, entry, head, table);
                break;
            case RuntimeRedirect redirect:
                redirect.Location.TryWrite(head, entry.MatchedLength(head.PathSlice.Length), _downstream!.Tls is not null, Listener!.Source.Port, Worker.Scratch, out var length);
                var location = Worker.Scratch[..length];
                Answer(new LocalAnswer { StatusCode = redirect.StatusCode, Location = location }, ExchangeEnd.Redirect);
                break;
            case RuntimeDirectResponse { Format: { } format } direct:
                AnswerFormatted(direct, format, entry, head);
                break;
            case RuntimeDirectResponse direct:
                Answer(new LocalAnswer { StatusCode = direct.StatusCode, ContentType = direct.ContentType.Span, Body = direct.Body.Span }, ExchangeEnd.DirectResponse);
                break;
            default:
                Answer(500, ExchangeEnd.NoBackend);
                break;
        }
    }

    private void Forward(RuntimeForward forward, RuntimeEntry entry, RequestHead head, PortTable table)
    {
        // HTTPRouteRule.backendRefs: no usable backend for this share of the requests is 500.
        if (Choose(forward, entry, head) is not { } backend)
        {
            Answer(500, ExchangeEnd.NoBackend);
            return;
        }

        _backend = backend;
        UseEdits(backend.ResponseEdits);
        if (backend.Answer is not null)
        {
            Perform(backend.Answer, entry, head, table);
            return;
        }

        if (backend.ClusterId < 0 || table.Clusters[backend.ClusterId] is not { } cluster)
        {
            Answer(500, ExchangeEnd.NoBackend);
            return;
        }

        IsUpgrade = head.IsWebSocketUpgrade;
        var outgoing = new OutgoingRequest
        {
            Head = head,
            Edits = RequestEditsOver(backend.RequestEdits),
            Rewrite = backend.Rewrite,
            MatchedLength = entry.MatchedLength(head.PathSlice.Length),
            IsTrusted = TrustedHops > 0,
            KeepsForwardedFor = _settings is { Source.SkipXffAppend: true },
            Client = _downstream!.ClientAddress,
            IsSecure = _downstream.Tls is not null,
            ClientCertificate = ClientCertificate,
            CertificateMode = CertificateMode,
            HasNoRequestId = _settings is { Source.GenerateRequestId: false },
            RequestId = new RequestId(Worker.Random.Next64(), Worker.Random.Next64()),
            Trace = _trace.IsPresent ? OutgoingTrace() : default,
        };
        if (_record is not null && !outgoing.HasNoRequestId)
            _record.RequestId = outgoing.RequestId;
        if (entry.Rule.InternalRedirect is not null)
            KeepForRedirect(head, table);
        if (_session is not null)
            Prefer(cluster.For(Worker));
        if (_redirects > 0)
        {
            SendRedirected(cluster.For(Worker), entry.Rule.Policy, outgoing);
            return;
        }

        SendFirst(cluster.For(Worker), entry.Rule.Policy, outgoing);
        if (backend.Mirrors is not null && _downstream is not null && !IsUpgrade)
            BeginMirrors(backend.Mirrors, outgoing, table);
    }

    /// <summary>(3)</summary>
    public void OnRequestData(ReadOnlySpan<byte> data)
    {
        CountReceived(data.Length);
        if (_web is { IsTextRequest: true })
            TakeText(data);
        else
            TakeRequestData(data);
    }

    private void TakeRequestData(ReadOnlySpan<byte> data)
    {
        if (_isBuffering)
            Buffer(data);
        else
            PassRequestData(data);
    }

    private void PassRequestData(ReadOnlySpan<byte> data)
    {
        if (_keeps)
            Keep(data);
        if (_mirrors is not null)
            Mirror(data);
        _upstream?.SendData(data);
    }

    public void OnRequestEnd(FieldSection? trailers)
    {
        if (_web is { IsRequestComplete: false })
        {
            RefuseBody();
            return;
        }

        if (_isBuffering && !EndBuffering(trailers))
            return;
        RequestEnded = true;
        if (_record is not null)
            _record.RequestEnded = Stopwatch.GetTimestamp();
        if (_mirrors is not null)
            EndMirroring(trailers);
        if (trailers is not null && _keeps)
            StopKeeping();
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
        _record?.AttemptSpans.NoteStatus(head.StatusCode);
        if (_retry is not null && TryRetry(head))
            return;
        if (_redirectHead is not null && TryRedirect(head))
            return;
        if (head.StatusCode == 101 && !_downstream!.TakesTunnel(head))
        {
            RefuseTunnel();
            return;
        }

        _responseStarted = true;
        StopKeeping();
        EndRetrying();
        if (IsUpgrade && head.StatusCode != 101)
        {
            // No tunnel: the request has ended with its head.
            IsUpgrade = false;
            RequestEnded = true;
        }

        // A tunnel lasts as long as it is used.
        if (head.StatusCode == 101)
            StopClock();
        OnResponse(head.StatusCode);
        if (_session is not null)
            AddSession();
        if (_grpc != GrpcProtocol.None)
            _grpcStatus = GrpcStatus.Read(head);
        if (_explains)
            AddExplanation(null);
        if (_record is not null)
            NoteResponse(_record, head);
        if (_filters is not null)
            BeginThrottling(head);
        _downstream!.SendHead(this, head);
    }

    /// <summary>The backend has answered another key than it was given.</summary>
    private void RefuseTunnel()
    {
        _services.Metrics.CountBadResponse(HttpError.UpgradeKey);
        var upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        Answer(502, ExchangeEnd.UpstreamProtocol);
    }

    /// <summary>The tunnel is there, and what came with the head has been passed on: the client's bytes may follow.</summary>
    public void OnSwitched() => _downstream?.ResumeRequest();

    public void OnResponseData(ReadOnlySpan<byte> data)
    {
        CountSent(data.Length);
        if (_throttle is null)
            _downstream!.SendData(data);
        else
            _throttle.Take(data);
    }

    public void OnResponseSpliced(int bytes) => CountSent(bytes);

    /// <summary>The backend's side is done with the exchange already, or will be without asking again.</summary>
    public void OnResponseEnd(FieldSection? trailers)
    {
        if (_grpc != GrpcProtocol.None)
            CountGrpc(trailers is null ? _grpcStatus : GrpcStatus.Read(trailers));
        if (trailers is not null)
            _record?.TakeTrailers(trailers);
        if (_throttle is { IsEmpty: false })
        {
            _upstream = null;
            _throttle.HoldEnd(trailers);
            return;
        }

        EndResponse(trailers);
    }

    private void EndResponse(FieldSection? trailers)
    {
        var downstream = _downstream!;
        End(ExchangeEnd.Response);
        downstream.EndResponse(trailers);
    }

    public void OnDownstreamDrained()
    {
        if (_throttle is null)
            _upstream?.ResumeResponse();
        else
            _throttle.Continue();
    }

    /// <summary>The client has gone: the backend need not go on, nor is anything tried again.</summary>
    public void OnDownstreamGone()
    {
        _upstream?.Cancel();
        _services.Metrics.ClientAborts++;
        End(ExchangeEnd.ClientGone);
    }

    public void OnDownstreamRefused(HttpError error)
    {
        if (_record is not null)
            NoteRefused(_record, error);
        OnDownstreamGone();
    }

    /// <summary>(5) The response has begun and cannot be completed.</summary>
    private void Abort(ExchangeEnd end)
    {
        var downstream = _downstream!;
        End(end);
        downstream.AbortResponse();
    }

    /// <summary>An answer of the proxy's own, with its status as text.</summary>
    private void Answer(int statusCode, ExchangeEnd end)
    {
        if (_grpc != GrpcProtocol.None)
        {
            AnswerGrpc(GrpcStatus.OfOwn(statusCode), GrpcStatus.MessageOfOwn(statusCode), end);
            return;
        }

        Span<byte> body = stackalloc byte[64];
        var writer = new HeadWriter(body);
        writer.Write(statusCode);
        writer.Write((byte)' ');
        writer.Write(StatusText.Reason(statusCode));
        writer.Write((byte)'\n');
        Answer(new LocalAnswer { StatusCode = statusCode, ContentType = "text/plain"u8, Body = writer.Written }, end);
    }

    private void Answer(in LocalAnswer given, ExchangeEnd end)
    {
        // A filter's answer that is no error passes as it is, and so do redirects.
        if (_grpc != GrpcProtocol.None && given.StatusCode >= 400)
        {
            AnswerGrpc(GrpcStatus.OfHttp(given.StatusCode), given.Body, end);
            return;
        }

        var answer = _replies is null || end == ExchangeEnd.Preflight ? given : Map(given, end);
        OnResponse(answer.StatusCode);
        if (!IsHead)
            CountSent(answer.Body.Length);
        if (_explains)
            AddExplanation(end);
        var edits = ResponseEdits;
        var server = ServerHeader;
        _record?.Take(answer);
        var downstream = _downstream!;
        End(end);
        downstream.SendLocal(answer with { Edits = edits, Server = server });
    }

    /// <summary>Forgets everything; the object is used again on a later turn.</summary>
    private void End(ExchangeEnd end)
    {
        OnEnded(end);
        if (_record is not null)
            EndRecord(end);
        _trace = default;
        EndTelemetry();
        EndSettings();
        EndReplies();
        EndRedirects();
        StopClock();
        StopKeeping();
        EndRetrying();
        EndGrpc();
        EndFilters();
        if (_mirrors is not null)
            AbandonMirrors();
        if (_cluster is not null)
            _cluster.ActiveRequests--;
        _downstream = null;
        _upstream = null;
        _cluster = null;
        _endpoint = null;
        _retry = null;
        Listener = null;
        EndEdits();
        EndSession();
        _retries = _resends = _attempt = 0;
        _attemptTimeout = 0;
        _responseStarted = _explains = _isWaiting = _isIdempotent = _hasWebSocketAccept = false;
        IsUpgrade = IsHead = RequestEnded = false;
        _services.Return(this);
    }
}
