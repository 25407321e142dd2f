using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Retries of the rule's policy (HTTPRouteRetry, GEP-1731): connection errors and attempts that took too long always, answers
/// by their status. Only while the whole request is kept, and before anything of a response went to the client. Between two
/// attempts the exchange has no backend's side and waits on its timer.
/// </content>
internal sealed partial class Exchange
{
    /// <summary>How far the pause between attempts grows, as a multiple of the first.</summary>
    private const int MaxBackoff = 10;

    private RuntimeRetry? _retry;
    private int _retries;
    private bool _isWaiting;
    private bool _isCounted; // among the cluster's retries

    /// <summary>Whether an answer is thrown away for another attempt.</summary>
    private bool TryRetry(ResponseHead head)
    {
        if (_retry!.HasConditions && GrpcFields.Find(head, "x-envoy-ratelimited"u8).Length > 0 && !_retry.RetriesRateLimited)
            return false;
        var reason =
            _retry.Retries(head.StatusCode) || (_retry.RetriesRateLimited && GrpcFields.Find(head, "x-envoy-ratelimited"u8).Length > 0) ? RetryReason.Status :
            _retry.LooksAtGrpcStatus && head.Framing == BodyFraming.None && _retry.RetriesGrpc(GrpcStatus.Read(head)) ? RetryReason.GrpcStatus :
            (RetryReason?)null;
        if (reason is null || !MayRetry(reason.Value))
            return false;

        var upstream = _upstream!;
        _upstream = null;
        upstream.Discard();
        EndAttempt(null);
        WaitForRetry();
        return true;
    }

    /// <summary>Whether a failed attempt is followed by another. The backend's side must be gone.</summary>
    private bool TryRetry(RetryReason reason, bool isUnprocessed = false)
    {
        if (_retry is null || !_retry.Retries(reason, isUnprocessed) || !MayRetry(reason))
            return false;
        WaitForRetry();
        return true;
    }

    private bool MayRetry(RetryReason reason)
    {
        if (_retries >= _retry!.Attempts)
        {
            if (_record is not null)
                _record.Flags |= ResponseFlags.URX;
            return false;
        }

        if (!_keeps)
        {
            _services.Metrics.CountRetryRefused(RetryRefusal.NotKept);
            return false;
        }

        if (!_isCounted)
        {
            if (!_cluster!.MayRetry(_services.Limits))
            {
                _services.Metrics.CountRetryRefused(RetryRefusal.Budget);
                if (_record is not null)
                    _record.Flags |= ResponseFlags.UO;
                return false;
            }

            _isCounted = true;
            _cluster.ActiveRetries++;
        }

        CountRetry(reason);
        return true;
    }

    private void WaitForRetry()
    {
        // Backoff is the shortest pause; up to half of it is added by chance, so that those who failed together do not come
        // back together. With full jitter it is the longest.
        var pause = Math.Min(_retry!.Backoff << Math.Min(_retries, 4), _retry.Backoff * MaxBackoff);
        pause = _retry.HasFullJitter
            ? Worker.Random.Next((int)Math.Min(pause, int.MaxValue - 1) + 1)
            : pause + Worker.Random.Next((int)Math.Min(pause / 2, int.MaxValue - 1) + 1);
        _retries++;
        _isWaiting = true;
        _attemptDeadline = Worker.Now + pause;
        SetTimer();
    }

    /// <summary>The pause is over.</summary>
    private void BeginRetry()
    {
        _isWaiting = false;
        _attempt = 0;
        _attemptDeadline = _attemptTimeout > 0 ? Worker.Now + _attemptTimeout : 0;
        SetTimer();
        if (Connect(_endpoint, mayReuse: true) is { } upstream)
            SendKept(upstream);
        else if (!TryRetry(RetryReason.Connect))
            AnswerUnconnected();
    }

    private void EndRetrying()
    {
        if (!_isCounted)
            return;
        _isCounted = false;
        _cluster!.ActiveRetries--;
    }
}
