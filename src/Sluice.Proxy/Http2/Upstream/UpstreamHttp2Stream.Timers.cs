using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2.Upstream;

/// <content>Deadlines: the response's head, then every pause in its body.</content>
internal sealed partial class UpstreamHttp2Stream
{
    private Deadline? _timer;
    private long _writtenAtTimer;
    private long _receivedAtTimer;

    private long BodyPause => _isTunnel || _sink is { IsGrpc: true } ? _services.TunnelIdleTimeout : _services.UpstreamBodyTimeout;

    private void ResetTimer() => _writtenAtTimer = _receivedAtTimer = 0;

    private void SetTimer(long milliseconds) => worker.Timers.Schedule(_timer ??= new Deadline(this), worker.Now + milliseconds);

    private void CancelTimer()
    {
        if (_timer is not null)
            worker.Timers.Cancel(_timer);
    }

    private void OnTimer()
    {
        if (_sink is not { } sink)
            return;
        if (_isRefused)
        {
            Fail(UpstreamFailure.WebSocketUnsupported, RequestFate.Answered, Http2Error.NoError);
            return;
        }

        if (InBody)
        {
            // A pause that the client causes is its own affair, as is that of a tunnel: the client's side has a timer for it.
            var isStuck = !_isTunnel && _received == _receivedAtTimer && sink.CanTakeResponse;
            _receivedAtTimer = _received;
            if (isStuck)
                Fail(UpstreamFailure.Truncated, RequestFate.Answered, Http2Error.Cancel);
            else
                SetTimer(BodyPause);
            return;
        }

        // While the client still sends, or the backend still takes, it is not the backend's turn to answer.
        var isDue = HasPending ? BytesWritten == _writtenAtTimer : _requestEnded || _isTunnel;
        _writtenAtTimer = BytesWritten;
        if (!isDue)
        {
            SetTimer(_services.ResponseTimeout);
            return;
        }

        // Not a word on the whole connection: whoever comes next should not wait as long.
        if (_connection.BytesReceived == _receivedBefore)
            _connection.Drain();
        if (sink.HasDeadline)
        {
            SetTimer(_services.ResponseTimeout);
            return;
        }

        Fail(UpstreamFailure.ResponseTimeout, RequestFate.Sent, Http2Error.Cancel);
    }

    private sealed class Deadline(UpstreamHttp2Stream stream) : TimerNode
    {
        internal override void OnTimer() => stream.OnTimer();
    }
}
