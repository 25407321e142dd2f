using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Timeouts of the rule (HTTPRouteTimeouts, GEP-1742). Both cover the response to its last byte, as near to the whole
/// transaction as can be: before its head they are answered with 504, later the response is cut. A tunnel is subject to neither.
/// One timer serves both deadlines and the pause before a retry; exchanges without any are never in the timer wheel.
/// </content>
internal sealed partial class Exchange
{
    private long _requestDeadline; // 0: none
    private long _attemptDeadline; // of the attempt, or of the pause before the next one; 0: none
    private long _attemptTimeout;
    private bool _clockRuns; // since before the first attempt: the request had to wait

    private void StartClock(RuntimePolicy policy)
    {
        _retry = policy.Retry;
        _attemptTimeout = policy.AttemptTimeout;
        if (!_clockRuns)
            _requestDeadline = policy.RequestTimeout > 0 ? Worker.Now + policy.RequestTimeout : 0;
        _attemptDeadline = _attemptTimeout > 0 ? Worker.Now + _attemptTimeout : 0;
        if (policy.StreamIdleTimeout >= 0)
            BeginIdleClock(policy.StreamIdleTimeout);
        SetTimer();
    }

    /// <summary>The request waits before it is sent: its own time runs on.</summary>
    private void StartClockEarly(RequestHead head)
    {
        if (_clockRuns)
            return;
        _clockRuns = true;
        if (_entry!.Rule.Policy is { RequestTimeout: > 0 } policy)
            _requestDeadline = Worker.Now + policy.RequestTimeout;
        if (_grpc != GrpcProtocol.None)
            LimitByGrpcTimeout(head);
        SetTimer();
    }

    private void StopClock()
    {
        _clockRuns = false;
        _requestDeadline = _attemptDeadline = 0;
        SetTimer();
    }

    private void SetTimer()
    {
        var next =
            _attemptDeadline == 0 ? _requestDeadline :
            _requestDeadline == 0 ? _attemptDeadline : Math.Min(_requestDeadline, _attemptDeadline);
        if (_idleDeadline > 0 && (next == 0 || _idleDeadline < next))
            next = _idleDeadline;
        if (next > 0)
            Worker.Timers.Schedule(this, next);
        else
            Worker.Timers.Cancel(this);
    }

    internal override void OnTimer()
    {
        if (_downstream is null)
            return;
        var now = Worker.Now;
        if (_requestDeadline > 0 && now >= _requestDeadline)
        {
            GiveUp(UpstreamFailure.RequestTimeout);
        }
        else if (_idleDeadline > 0 && now >= _idleDeadline)
        {
            CheckIdle(now);
        }
        else if (_attemptDeadline == 0 || now < _attemptDeadline)
        {
            SetTimer();
        }
        else if (_isWaiting)
        {
            BeginRetry();
        }
        else
        {
            GiveUp(UpstreamFailure.AttemptTimeout);
        }
    }

    /// <summary>A timeout has passed: the backend is told to stop, and the client gets 504, or sees the response end too early.</summary>
    private void GiveUp(UpstreamFailure timeout)
    {
        var upstream = _upstream;
        _upstream = null;
        upstream?.Cancel();
        CountFailure(timeout);
        if (_responseStarted)
            Abort(ExchangeEnd.Timeout);
        else if (timeout != UpstreamFailure.AttemptTimeout || !TryRetry(RetryReason.AttemptTimeout))
            Answer(504, ExchangeEnd.Timeout);
    }
}
