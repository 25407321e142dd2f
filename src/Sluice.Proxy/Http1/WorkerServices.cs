using System.Text;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Http2.Upstream;
using Sluice.Proxy.Layer4;
using Sluice.Proxy.Layer4.Udp;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Http1;

/// <summary>
/// What the connections of one worker share: parsers with the heads they fill, pools of objects, limits in milliseconds,
/// counters. Touched by its worker only.
/// </summary>
internal sealed class WorkerServices
{
    /// <summary>Objects of each kind kept for reuse.</summary>
    private const int KeptObjects = 1024;

    /// <summary>Heads in memory of their own kept for reuse, each as large as the largest that it held.</summary>
    private const int KeptHeads = 64;

    private readonly Worker _worker;
    private readonly Stack<TlsHandshakeConnection> _freeHandshakes = new();
    private readonly Stack<DownstreamConnection> _freeDownstreams = new();
    private readonly Stack<UpstreamConnection> _freeUpstreams = new();
    private readonly Stack<Exchange> _freeExchanges = new();
    private readonly Stack<Mirror> _freeMirrors = new();
    private readonly Stack<ExchangeEdits> _freeEdits = new();
    private readonly Stack<FilterContext> _freeFilterContexts = new();
    private readonly Stack<HeldHead> _freeHeads = new();
    private readonly Stack<DownstreamHttp2Connection> _freeHttp2Downstreams = new();
    private readonly Stack<DownstreamStream> _freeStreams = new();
    private readonly Stack<UpstreamHttp2Connection> _freeUpstreamHttp2 = new();
    private readonly Stack<UpstreamHttp2Stream> _freeUpstreamStreams = new();
    private readonly Stack<GrpcWebStream> _freeGrpcWebStreams = new();
    private readonly List<TlsHandshakeConnection> _retiredHandshakes = [];
    private readonly List<DownstreamConnection> _retiredDownstreams = [];
    private readonly List<DownstreamHttp2Connection> _retiredHttp2Downstreams = [];
    private readonly List<DownstreamStream> _retiredStreams = [];
    private readonly List<UpstreamConnection> _retiredUpstreams = [];
    private readonly List<Exchange> _retiredExchanges = [];
    private readonly List<Mirror> _retiredMirrors = [];
    private readonly List<ExchangeEdits> _retiredEdits = [];
    private readonly List<UpstreamHttp2Connection> _retiredUpstreamHttp2 = [];
    private readonly List<UpstreamHttp2Stream> _retiredUpstreamStreams = [];
    private UpstreamHttp2Shared? _upstreamHttp2;
    private readonly List<GrpcWebStream> _retiredGrpcWebStreams = [];
    private readonly Dictionary<HttpError, byte[]> _errorBodies = [];
    private readonly Stack<EditedHead> _freeEditedHeads = new();
    private readonly List<EditedHead> _retiredHeads = [];
    private OperatorValues? _replyValues;
    private string? _replyGateway;
    private byte[]? _replyBody;

    public WorkerServices(Worker worker, ProxyLimits limits, MetricsDetail detail, ExplainToken explainToken)
    {
        ExplainToken = explainToken;
        CountsRequests = detail != MetricsDetail.Off;
        _worker = worker;
        Limits = limits;
        RequestParser = new RequestParser(limits);
        ResponseParser = new ResponseParser(limits);
        RequestHeadReader = new RequestHeadReader(limits);
        BegunRequests = new BegunRequests(limits.FieldCount);
        RequestHead = new RequestHead(limits.FieldCount);
        ResponseHead = new ResponseHead(limits.FieldCount);
        Trailers = new FieldSection(limits.FieldCount);
        IdleTimeout = Milliseconds(limits.IdleTimeout);
        HeadTimeout = Milliseconds(limits.HeadTimeout);
        BodyTimeout = Milliseconds(limits.BodyTimeout);
        BodyGrace = Milliseconds(limits.BodyGrace);
        ResponseTimeout = Milliseconds(limits.ResponseTimeout);
        UpstreamBodyTimeout = Milliseconds(limits.UpstreamBodyTimeout);
        UpstreamIdleTimeout = Milliseconds(limits.UpstreamIdleTimeout);
        TunnelIdleTimeout = Milliseconds(limits.TunnelIdleTimeout);
        HalfCloseTimeout = Milliseconds(limits.HalfCloseTimeout);
        LingerTimeout = Milliseconds(limits.LingerTimeout);
        MirrorTimeout = Milliseconds(limits.MirrorTimeout);
        TlsHandshakeTimeout = Milliseconds(limits.TlsHandshakeTimeout);
        CheckInterval = Math.Max(1, Math.Min(5000, Math.Min(BodyGrace, Math.Min(BodyTimeout, TunnelIdleTimeout)) / 2));
        Relays = new RelayServices(worker, this);
        Datagrams = new UdpServices(worker, this);
        worker.TurnStarting += Recycle;
        worker.TlsMessageLimit = limits.TlsMessages;
        worker.TlsFlooded += () => Metrics.TlsFloods++;
    }

    public ProxyLimits Limits { get; }

    public Worker Worker => _worker;

    /// <summary>Where bodies of answers are put together. Only for workers that have formats for them.</summary>
    public byte[] ReplyBody => _replyBody ??= new byte[BodyFormat.MaxBytes];

    /// <summary>Connections that are relayed as they are.</summary>
    public RelayServices Relays { get; }

    public UdpServices Datagrams { get; }

    public RequestParser RequestParser { get; }

    public ResponseParser ResponseParser { get; }

    public RequestHeadReader RequestHeadReader { get; }

    public BegunRequests BegunRequests { get; }

    public RequestHead RequestHead { get; }

    public ResponseHead ResponseHead { get; }

    public FieldSection Trailers { get; }

    public DateHeader Date { get; } = new();

    public WorkerMetrics Metrics { get; } = new();

    /// <summary>Of the whole process.</summary>
    public ExplainToken ExplainToken { get; }

    /// <summary>Whether anything is counted per request.</summary>
    public bool CountsRequests { get; }

    /// <summary>Open client connections over all workers.</summary>
    public required ConnectionCount Connections { get; init; }

    /// <summary>What filters wait and expire by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public bool IsDraining { get; set; }

    public long IdleTimeout { get; }

    public long HeadTimeout { get; }

    public long BodyTimeout { get; }

    public long BodyGrace { get; }

    public long ResponseTimeout { get; }

    public long UpstreamBodyTimeout { get; }

    public long UpstreamIdleTimeout { get; }

    public long TunnelIdleTimeout { get; }

    public long HalfCloseTimeout { get; }

    public long LingerTimeout { get; }

    public long MirrorTimeout { get; }

    public long TlsHandshakeTimeout { get; }

    /// <summary>How often an exchange is looked at for progress: often enough for the shortest of its limits.</summary>
    public long CheckInterval { get; }

    public TlsHandshakeConnection RentHandshake() =>
        _freeHandshakes.TryPop(out var connection) ? connection : new TlsHandshakeConnection(_worker, this);

    public DownstreamConnection RentDownstream() =>
        _freeDownstreams.TryPop(out var connection) ? connection : new DownstreamConnection(_worker, this);

    public DownstreamHttp2Connection RentHttp2Downstream() =>
        _freeHttp2Downstreams.TryPop(out var connection) ? connection : new DownstreamHttp2Connection(_worker, this);

    public DownstreamStream RentStream() =>
        _freeStreams.TryPop(out var stream) ? stream : new DownstreamStream(this);

    public UpstreamConnection RentUpstream() =>
        _freeUpstreams.TryPop(out var connection) ? connection : new UpstreamConnection(_worker, this);

    public Exchange RentExchange() =>
        _freeExchanges.TryPop(out var exchange) ? exchange : new Exchange(_worker, this);

    /// <summary>Without any field.</summary>
    public ExchangeEdits RentEdits()
    {
        if (!_freeEdits.TryPop(out var edits))
            return new ExchangeEdits();
        edits.Clear();
        return edits;
    }

    public FilterContext RentFilterContext() =>
        _freeFilterContexts.TryPop(out var context) ? context : new FilterContext(_worker.Random, Clock, RentEdits);

    public HeldHead RentHeldHead() => _freeHeads.TryPop(out var head) ? head : new HeldHead(Limits.FieldCount);

    /// <summary>Only for workers that speak HTTP/2 with backends.</summary>
    public UpstreamHttp2Shared UpstreamHttp2 => _upstreamHttp2 ??= new UpstreamHttp2Shared(Limits);

    public UpstreamHttp2Connection RentUpstreamHttp2() =>
        _freeUpstreamHttp2.TryPop(out var connection) ? connection : new UpstreamHttp2Connection(_worker, this);

    public UpstreamHttp2Stream RentUpstreamStream() =>
        _freeUpstreamStreams.TryPop(out var stream) ? stream : new UpstreamHttp2Stream(_worker, this);

    /// <summary>A head that can be changed, with room for some more fields than a request may have.</summary>
    public EditedHead RentHead() =>
        _freeEditedHeads.TryPop(out var head) ? head : new EditedHead(Limits.FieldCount + EditedHead.MoreFields);

    public void Return(EditedHead head) => _retiredHeads.Add(head);

    /// <summary>What the operators of formats for bodies stand for.</summary>
    public OperatorValues ReplyValues(string gateway)
    {
        if (_replyValues is null || _replyGateway != gateway)
        {
            _replyGateway = gateway;
            _replyValues = new OperatorValues(gateway);
        }

        return _replyValues;
    }

    public Mirror RentMirror() =>
        _freeMirrors.TryPop(out var mirror) ? mirror : new Mirror(_worker, this);

    public GrpcWebStream RentGrpcWeb() =>
        _freeGrpcWebStreams.TryPop(out var stream) ? stream : new GrpcWebStream(_worker, Limits.FieldCount);

    /// <summary>Takes a closed connection back. It is not handed out before the next turn: its caller may still look at it.</summary>
    public void OnClosed(DownstreamConnection connection)
    {
        OnDownstreamClosed();
        _retiredDownstreams.Add(connection);
    }

    /// <summary>One client connection less.</summary>
    public void OnDownstreamClosed()
    {
        Connections.Decrement();
        Metrics.DownstreamClosed++;
    }

    public void OnClosed(TlsHandshakeConnection connection)
    {
        OnDownstreamClosed();
        _retiredHandshakes.Add(connection);
    }

    /// <inheritdoc cref="OnContinued(DownstreamConnection)"/>
    public void OnContinued(TlsHandshakeConnection connection) => _retiredHandshakes.Add(connection);

    /// <summary>Takes back an object whose connection goes on as another.</summary>
    public void OnContinued(DownstreamConnection connection) => _retiredDownstreams.Add(connection);

    public void OnClosed(DownstreamHttp2Connection connection)
    {
        OnDownstreamClosed();
        _retiredHttp2Downstreams.Add(connection);
    }

    public void Return(DownstreamStream stream) => _retiredStreams.Add(stream);

    public void Return(UpstreamConnection connection) => _retiredUpstreams.Add(connection);

    public void Return(Exchange exchange) => _retiredExchanges.Add(exchange);

    public void Return(Mirror mirror) => _retiredMirrors.Add(mirror);

    /// <summary>Takes edits back. What was composed of them stays as it is until the next turn.</summary>
    public void Return(ExchangeEdits edits) => _retiredEdits.Add(edits);

    /// <summary>Ends a context whose filters have nothing more to say, with the edits that it still has.</summary>
    public void Return(FilterContext context)
    {
        if (context.RequestEdits is { } request)
            Return(request);
        if (context.ResponseEdits is { } response)
            Return(response);
        context.End();
        if (_freeFilterContexts.Count < KeptObjects)
            _freeFilterContexts.Push(context);
    }

    public void Return(HeldHead head)
    {
        if (_freeHeads.Count < KeptHeads)
            _freeHeads.Push(head);
        else
            head.Dispose();
    }

    public void Return(UpstreamHttp2Connection connection) => _retiredUpstreamHttp2.Add(connection);

    public void Return(UpstreamHttp2Stream stream) => _retiredUpstreamStreams.Add(stream);
    public void Return(GrpcWebStream stream) => _retiredGrpcWebStreams.Add(stream);

    /// <summary>Body of the answer to a refused message: the status and what was wrong with it.</summary>
    public ReadOnlySpan<byte> ErrorBody(HttpError error)
    {
        if (!_errorBodies.TryGetValue(error, out var body))
        {
            var status = HttpErrors.StatusCode(error);
            var text = $"{status} {Encoding.ASCII.GetString(StatusText.Reason(status))}: {HttpErrors.Name(error)}\n";
            _errorBodies[error] = body = Encoding.ASCII.GetBytes(text);
        }

        return body;
    }

    private void Recycle()
    {
        Recycle(_retiredHandshakes, _freeHandshakes);
        Recycle(_retiredDownstreams, _freeDownstreams);
        Recycle(_retiredHttp2Downstreams, _freeHttp2Downstreams);
        Recycle(_retiredStreams, _freeStreams);
        Recycle(_retiredUpstreams, _freeUpstreams);
        Recycle(_retiredExchanges, _freeExchanges);
        Recycle(_retiredMirrors, _freeMirrors);
        Recycle(_retiredEdits, _freeEdits);
        Recycle(_retiredUpstreamHttp2, _freeUpstreamHttp2);
        Recycle(_retiredUpstreamStreams, _freeUpstreamStreams);
        Recycle(_retiredGrpcWebStreams, _freeGrpcWebStreams);
        RecycleHeads();
    }

    private void RecycleHeads()
    {
        if (_retiredHeads.Count == 0)
            return;
        foreach (var head in _retiredHeads)
        {
            head.Release();
            if (_freeEditedHeads.Count < KeptObjects)
                _freeEditedHeads.Push(head);
            else
                head.Dispose();
        }

        _retiredHeads.Clear();
    }

    private static void Recycle<T>(List<T> retired, Stack<T> free) => Recycle(retired, free, KeptObjects);

    /// <summary>Makes objects that ended in the turn before available again, up to a number.</summary>
    public static void Recycle<T>(List<T> retired, Stack<T> free, int kept)
    {
        if (retired.Count == 0)
            return;
        foreach (var item in retired)
        {
            if (free.Count < kept)
                free.Push(item);
        }

        retired.Clear();
    }

    private static long Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds);
}
