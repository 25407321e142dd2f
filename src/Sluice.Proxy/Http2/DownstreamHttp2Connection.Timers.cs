using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http2;

/// <content>
/// Deadlines. One timer serves every phase; streams have none of their own. While bodies are on their way, the connection looks
/// every few seconds whether each of them makes progress.
/// </content>
internal sealed partial class DownstreamHttp2Connection
{
    private bool _everServed;
    private long _firstDeadline;
    private long _idleSince;
    private long _drainSince;
    private long _frameSince; // 0: no frame has begun without its end.
    private int _framesAtCheck;
    private long _takenAtCheck;
    private long _takenSince;

    internal override void OnTimer()
    {
        switch (_state)
        {
            case State.Open:
                CheckOpen(Worker.Now);
                break;
            case State.Closing when TookSomething():
                Worker.Timers.Schedule(this, Worker.Now + Services.BodyTimeout);
                break;
            default:
                Recycle();
                break;
        }
    }

    /// <summary>Progress is to be looked at from now on.</summary>
    public void EnsureCheck() => EnsureTimer(Worker.Now + Services.CheckInterval);

    protected override void OnWaiting() => EnsureCheck();

    protected override void OnBlocked()
    {
        if (_state != State.Open)
            return;
        Mark();
        EnsureCheck();
    }

    protected override void AfterInput()
    {
        base.AfterInput();
        if (!InFrame)
        {
            _frameSince = 0;
        }
        else if (_frameSince == 0 || _framesAtCheck != FramesRead)
        {
            _frameSince = Worker.Now;
            _framesAtCheck = FramesRead;
            EnsureTimer(Worker.Now + Services.HeadTimeout);
        }
    }

    private void ResetTimers(long deadline)
    {
        _draining = _clientLeaves = _everServed = false;
        _firstDeadline = deadline;
        _idleSince = Worker.Now;
        _frameSince = _drainSince = 0;
        _framesAtCheck = FramesRead;
        Worker.Timers.Schedule(this, deadline);
    }

    private void NoteIdle()
    {
        _idleSince = Worker.Now;
        EnsureTimer(_idleSince + IdleTimeout);
    }

    private void EnsureTimer(long deadline)
    {
        if (Slot < 0 || Deadline > deadline)
            Worker.Timers.Schedule(this, deadline);
    }

    private void CheckOpen(long now)
    {
        if (_frameSince > 0 && now - _frameSince >= Services.HeadTimeout)
        {
            Services.Metrics.CountRefused(HttpError.HeadTimeout);
            Fail(Http2Fault.FrameTimeout);
            return;
        }

        if (_draining && now - _drainSince >= DrainGrace)
            FinishDrain();
        if (_state == State.Open && UnsentBytes > 0 && !TookSomething() && now - _takenSince >= Services.BodyTimeout)
        {
            // Not even a GOAWAY would get through.
            Services.Metrics.CountConnectionFault(Http2Fault.SlowReader);
            Recycle();
            return;
        }

        var isBusy = CheckStreams(now) || UnsentBytes > 0;
        if (_state != State.Open)
            return;
        var next = now + IdleTimeout;
        if (isBusy)
        {
            next = now + Services.CheckInterval;
        }
        else if (Streams.Count == 0)
        {
            next = _everServed ? _idleSince + IdleTimeout : _firstDeadline;
            if (now >= next)
            {
                CloseIdle();
                return;
            }

            Streams.Trim();
        }

        if (_frameSince > 0)
            next = Math.Min(next, _frameSince + Services.HeadTimeout);
        if (_draining && _lastServed < 0)
            next = Math.Min(next, _drainSince + DrainGrace);
        Worker.Timers.Schedule(this, next);
    }

    /// <summary>Whether there are any that must be looked at again.</summary>
    private bool CheckStreams(long now)
    {
        var any = false;
        Http2Stream? next;
        for (var stream = Streams.First; stream is not null && _state == State.Open; stream = next)
        {
            next = stream.Next;
            if (stream is not DownstreamStream { NeedsCheck: true } checkable)
                continue;
            checkable.Check(now);
            any = true;
        }

        return any;
    }

    /// <summary>Whether the client took anything since this was last asked, or since the last mark.</summary>
    private bool TookSomething()
    {
        var taken = BytesTaken;
        if (taken == _takenAtCheck)
            return false;
        _takenSince = Worker.Now;
        _takenAtCheck = taken;
        return true;
    }

    private void Mark()
    {
        _takenSince = Worker.Now;
        _takenAtCheck = -1;
    }
}
