using System.Diagnostics;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// What is told of exchanges. <see cref="OnBegun"/>, <see cref="OnResponse"/> and <see cref="OnEnded"/> are the only places from which
/// requests are counted; each is called once per exchange, but for an exchange without a response. What was counted at the beginning is
/// counted at the end in the same place, whatever the configuration has become in between.
/// </content>
internal sealed partial class Exchange
{
    private RequestCounters? _counters; // of the listener; null when requests are not counted
    private RequestCounters? _ruleCounters;
    private RuntimeEntry? _entry;
    private RuntimeBackend? _backend;
    private long _started;
    private long _receivedBytes;
    private long _sentBytes;
    private int _statusCode; // 0 until a response has begun
    private int _attempts; // connections taken or begun, to whatever endpoint
    private UpstreamFailure? _failure; // the last

    /// <summary>The listener is known, or it is known that there is none; so is the entry.</summary>
    private void OnBegun(RuntimeEntry? entry)
    {
        _entry = entry;
        if (!_services.CountsRequests)
            return;
        if (Listener?.Metrics is not { } listener)
        {
            (_counters = _services.Metrics.Unmatched.Requests).Begun++;
            return;
        }

        (_counters = listener.For(Worker).Requests).Begun++;
        if (entry is not null)
            (_ruleCounters = (entry.Metrics ??= listener.Rules.For(listener, entry.Rule.Source)).For(Worker)).Begun++;
    }

    /// <summary>The head of the response that the client gets: the backend's, or the proxy's own.</summary>
    private void OnResponse(int statusCode)
    {
        _statusCode = statusCode;
        _counters?.CountResponse(statusCode);
        _ruleCounters?.CountResponse(statusCode);
    }

    /// <summary>The exchange is over. Everything that is known of it still stands in its fields; the client may not have got the last bytes yet.</summary>
    private void OnEnded(ExchangeEnd end)
    {
        if (_counters is null)
            return;
        var ticks = Stopwatch.GetTimestamp() - _started;
        var bucket = RequestCounters.BucketOf(ticks);
        _counters.CountEnd(end, ticks, bucket);
        _ruleCounters?.CountEnd(end, ticks, bucket);
    }

    private void CountReceived(int bytes)
    {
        _receivedBytes += bytes;
        _counters?.ReceivedBytes += bytes;
        _ruleCounters?.ReceivedBytes += bytes;
    }

    private void CountSent(int bytes)
    {
        _sentBytes += bytes;
        _counters?.SentBytes += bytes;
        _ruleCounters?.SentBytes += bytes;
    }

    private void CountRetry(RetryReason reason)
    {
        _services.Metrics.CountRetry(reason);
        _counters?.Retries += 1;
        _ruleCounters?.Retries += 1;
    }

    private void CountFailure(UpstreamFailure failure)
    {
        _failure = failure;
        _services.Metrics.CountFailure(failure);
    }

    private void EndTelemetry()
    {
        _counters = _ruleCounters = null;
        _entry = null;
        _backend = null;
        _receivedBytes = _sentBytes = 0;
        _statusCode = _attempts = 0;
        _failure = null;
    }
}
