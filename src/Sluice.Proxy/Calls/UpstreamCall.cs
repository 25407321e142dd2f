using System.Buffers.Binary;
using System.Threading.Tasks.Sources;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Calls;

/// <summary>
/// One HTTP request, or one unary call of gRPC, that the proxy itself makes to a cluster: over the pools of its worker, as requests of
/// clients go. It has one deadline; endpoints that cannot be connected to are passed over, what nobody has looked at is sent again, and
/// other failures are tried again as <see cref="CallSettings"/> say. Completes on its worker, in the turn in which it ends.
///
/// <see cref="UpstreamCalls.Rent"/>, fill <see cref="Message"/>, start, await <see cref="WaitAsync"/>, read the answer, <see cref="Return"/>.
/// This part: its life and its way out; the answer is in UpstreamCall.Answer.cs.
/// </summary>
internal sealed partial class UpstreamCall(UpstreamCalls calls) : TimerNode, IResponseSink, IValueTaskSource, IDeferred
{
    /// <summary>Flag and length in front of a message of gRPC.</summary>
    private const int PrefixBytes = 5;

    /// <summary>Endpoints tried for one attempt, the first included.</summary>
    private const int MaxEndpoints = 4;

    /// <summary>Times a call is sent anew because nothing can have been done with it.</summary>
    private const int MaxResends = 3;

    private Action<object?>? _continuation;
    private object? _continuationState;
    private short _version;
    private CallSettings _settings = null!;
    private WorkerCluster? _cluster;
    private WorkerEndpoint? _endpoint;
    private IUpstream? _upstream;
    private byte[] _head = new byte[256];
    private int _headLength;
    private BodyFraming _framing;
    private long _deadline;
    private long _retryAt; // 0: no pause
    private int _tried;
    private int _resends;
    private int _retries;

    /// <summary>What is sent. Empty for a request without a body.</summary>
    public ProtobufWriter Message { get; } = new();

    public bool IsDone { get; private set; }

    public CallOutcome Outcome { get; private set; }

    public bool IsHead { get; private set; }

    public bool IsUpgrade => false;

    public bool IsGrpc { get; private set; }

    public bool HasDeadline => true;

    public ReadOnlySpan<byte> WebSocketAccept => default;

    public bool CanTakeResponse => true;

    public StreamConnection? SpliceTarget => null;

    private Worker Worker => calls.Worker;

    /// <summary>Begins <see cref="Message"/> for a call of gRPC.</summary>
    public ProtobufWriter BeginMessage()
    {
        Message.Clear();
        Message.Reserve(PrefixBytes);
        return Message;
    }

    /// <summary>Sends a call of gRPC. The cluster must speak HTTP/2.</summary>
    public void StartGrpc(WorkerCluster cluster, CallSettings settings, GrpcCallHead head)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Message.At(1, 4), (uint)(Message.Length - PrefixBytes));
        Message.At(0, 1)[0] = 0;
        IsGrpc = true;
        IsHead = false;
        _framing = BodyFraming.Chunked;
        Start(cluster, settings, head.For(cluster.Cluster.Tls is not null));
    }

    /// <summary>Sends a request without a body.</summary>
    /// <param name="cluster">Where it goes.</param>
    /// <param name="settings">Its limits.</param>
    /// <param name="head">As <see cref="HttpCallHead"/> makes it for the cluster.</param>
    /// <param name="isHead">The method is HEAD: the answer has no body.</param>
    public void StartHttp(WorkerCluster cluster, CallSettings settings, ReadOnlySpan<byte> head, bool isHead)
    {
        Message.Clear();
        IsGrpc = false;
        IsHead = isHead;
        _framing = BodyFraming.None;
        Start(cluster, settings, head);
    }

    /// <summary>Completes when <see cref="IsDone"/> is true. Always to be awaited without a context: it ends on the worker anyway.</summary>
    public ValueTask WaitAsync() => new(this, _version);

    /// <summary>Nobody waits for the answer any more.</summary>
    public void Cancel()
    {
        if (IsDone)
            return;
        IUpstream? upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        Complete(CallOutcome.Cancelled);
    }

    /// <summary>Gives the call back, with its answer.</summary>
    public void Return()
    {
        IsDone = false;
        _version++;
        ClearAnswer();
        calls.Return(this);
    }

    private void Start(WorkerCluster cluster, CallSettings settings, ReadOnlySpan<byte> head)
    {
        if (_head.Length < head.Length)
            _head = new byte[head.Length];
        head.CopyTo(_head);
        _headLength = head.Length;
        _cluster = cluster;
        _settings = settings;
        _tried = _resends = _retries = 0;
        _retryAt = 0;
        _deadline = Worker.Now + settings.Timeout;
        cluster.ActiveRequests++;
        Worker.Timers.Schedule(this, _deadline);
        Attempt(null, mayReuse: true);
    }

    private void Attempt(WorkerEndpoint? failed, bool mayReuse)
    {
        ClearAnswer();
        while (_tried < MaxEndpoints && (_tried == 0 || _tried < _cluster!.EndpointCount))
        {
            if (_cluster!.Choose(Worker.Random, failed) is not { } endpoint)
                break;
            _tried++;
            _endpoint = failed = endpoint;
            if (_cluster.Open(endpoint, this, calls.Services, mayReuse) is { } upstream)
            {
                _upstream = upstream;
                upstream.SendHead(_head.AsSpan(0, _headLength), _framing);
                if (Message.Length > 0)
                    upstream.SendData(Message.Written);
                upstream.EndRequest(null);
                return;
            }
            mayReuse = false;
        }
        Fail(CallOutcome.Unreachable);
    }

    public void OnUpstreamDrained()
    {
    }

    public void OnConnectFailed(UpstreamFailure failure, ref UnsentRequest unsent)
    {
        unsent.Bytes.Clear(Worker.Buffers);
        _upstream = null;
        Attempt(_endpoint, mayReuse: false);
    }

    public void OnUpstreamFailed(UpstreamFailure failure, RequestFate fate)
    {
        _upstream = null;
        if (UpstreamFailures.IsConnect(failure))
        {
            Attempt(_endpoint, mayReuse: true);
        }
        else if (failure == UpstreamFailure.Reset && fate is RequestFate.Unprocessed or RequestFate.Stale && _resends < (fate == RequestFate.Stale ? 1 : MaxResends))
        {
            // What is asked changes nothing, so that it may be asked twice where a kept connection had just been closed.
            _resends++;
            _tried = 0;
            Attempt(fate == RequestFate.Unprocessed ? _endpoint : null, mayReuse: fate == RequestFate.Unprocessed);
        }
        else
        {
            Fail(failure == UpstreamFailure.ResponseTimeout ? CallOutcome.Timeout : failure == UpstreamFailure.Protocol ? CallOutcome.Malformed : CallOutcome.Broken);
        }
    }

    internal override void OnTimer()
    {
        if (IsDone || _cluster is null)
            return;
        if (Worker.Now >= _deadline)
        {
            Drop(CallOutcome.Timeout, isFinal: true);
            return;
        }
        _retryAt = 0;
        Worker.Timers.Schedule(this, _deadline);
        _tried = 0;
        Attempt(_endpoint, mayReuse: true);
    }

    /// <summary>Lets go of the backend, and fails.</summary>
    private void Drop(CallOutcome outcome, bool isFinal = false)
    {
        IUpstream? upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        if (isFinal)
            Complete(outcome);
        else
            Fail(outcome);
    }

    private void Fail(CallOutcome outcome)
    {
        if (_retries >= _settings.Retries || !MayRetry(outcome))
        {
            Complete(outcome);
            return;
        }

        // Anything up to a limit that doubles: those that fail together do not come back together.
        long limit = Math.Min(_settings.MaxInterval, (long)_settings.BaseInterval << Math.Min(_retries, 20));
        _retries++;
        _retryAt = Worker.Now + 1 + Worker.Random.Next((int)limit);
        Worker.Timers.Schedule(this, Math.Min(_retryAt, _deadline));
    }

    private bool MayRetry(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Unreachable or CallOutcome.Broken => true,
        CallOutcome.Refused => GrpcStatus == Grpc.GrpcStatus.Unavailable,
        CallOutcome.Answered => !IsGrpc && StatusCode >= 500,
        _ => false,
    };

    private void Complete(CallOutcome outcome)
    {
        Worker.Timers.Cancel(this);
        _cluster!.ActiveRequests--;
        _cluster = null;
        _endpoint = null;
        Outcome = outcome;
        IsDone = true;
        if (_continuation is not null)
            Worker.Defer(this);
    }

    void IDeferred.Run()
    {
        Action<object?> continuation = _continuation!;
        object? state = _continuationState;
        _continuation = null;
        _continuationState = null;
        continuation(state);
    }

    void IValueTaskSource.GetResult(short token)
    {
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => IsDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _continuation = continuation;
        _continuationState = state;
    }
}
