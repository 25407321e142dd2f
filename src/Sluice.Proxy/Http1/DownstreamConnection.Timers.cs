using Sluice.Proxy.Http;
using Sluice.Proxy.Local;

namespace Sluice.Proxy.Http1;

/// <content>
/// Deadlines. One timer serves every phase: what it means follows from the state when it fires. While an exchange runs it
/// looks every few seconds whether the client makes progress.
/// </content>
internal sealed partial class DownstreamConnection
{
    private bool _headStarted;
    private bool _halfClosed;
    private long _receivedAtCheck;
    private long _sentAtCheck;
    private long _takenAtCheck;
    private long _checkedAt;

    internal override void OnTimer()
    {
        switch (_state)
        {
            case State.Head when _headStarted:
                Refuse(HttpError.HeadTimeout);
                break;
            case State.Exchange:
                CheckProgress();
                break;
            case State.Closing when TookSomething():
                // Slow, but it takes what is left.
                Worker.Timers.Schedule(this, Worker.Now + _services.BodyTimeout);
                break;
            default:
                Recycle();
                break;
        }
    }

    protected override void OnBlocked()
    {
        if (_state != State.Exchange || Slot >= 0 && Deadline <= Worker.Now + _services.CheckInterval)
            return;
        Mark();
        Worker.Timers.Schedule(this, Worker.Now + _services.CheckInterval);
    }

    private void CheckProgress()
    {
        var now = Worker.Now;

        // Of a stream that is silent nobody can tell whether a client that has closed its side is still there.
        if (_halfClosed && (!_responseStarted || (IsLocal && UnsentBytes == 0 && !Progressed())))
        {
            Gone();
            return;
        }

        if (_responseStarted && _responseFraming == BodyFraming.UntilClose && _requestBody.Framing == BodyFraming.UntilClose)
        {
            if (Progressed())
                Mark();
            else if (now - _checkedAt >= _services.TunnelIdleTimeout)
            {
                Gone();
                return;
            }
        }
        else if (UnsentBytes > 0 || !CanWrite)
        {
            if (!TookSomething() && now - _checkedAt >= _services.BodyTimeout)
            {
                Gone();
                return;
            }
        }
        else if (!_requestBody.IsDone && _sink is { CanTakeRequest: true } and not LocalCall { IsStream: true })
        {
            var milliseconds = now - _checkedAt;
            if (milliseconds >= _services.BodyGrace &&
                (BytesReceived - _receivedAtCheck) * 1000 < _services.Limits.MinBodyBytesPerSecond * milliseconds)
            {
                Refuse(HttpError.BodyTimeout);
                return;
            }

            if (milliseconds >= _services.BodyGrace)
                Mark();
        }
        else
        {
            Mark();
        }

        Worker.Timers.Schedule(this, now + _services.CheckInterval);
    }

    /// <summary>Whether the client took anything of the response since this was last asked, or since the last mark.</summary>
    private bool TookSomething()
    {
        var taken = BytesTaken;
        if (taken == _takenAtCheck)
            return false;
        Mark();
        _takenAtCheck = taken;
        return true;
    }

    private bool Progressed() => BytesSent != _sentAtCheck || BytesReceived != _receivedAtCheck;

    private void Mark()
    {
        _checkedAt = Worker.Now;
        _receivedAtCheck = BytesReceived;
        _sentAtCheck = BytesSent;
        _takenAtCheck = -1;
    }
}
