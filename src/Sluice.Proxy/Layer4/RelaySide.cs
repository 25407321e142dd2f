using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Layer4;

/// <summary>
/// One side of a relayed connection: what it says goes to the other side, as it comes and no faster than the other takes it.
/// An end of one direction (FIN) is passed on behind the last byte and leaves the other direction as it is; a reset is passed
/// on as a reset, so that nobody takes half a stream for a whole one.
///
/// Bytes are copied through the worker's buffer: one receive, one send. A direction that brings much at once is spliced, if
/// neither side has TLS, and copied again when it has become quiet.
/// </summary>
internal abstract class RelaySide(Worker worker, RelayServices relays) : StreamConnection(worker)
{
    /// <summary>Bytes passed on in one go before other connections get their turn.</summary>
    private const int TurnBytes = 16 * Worker.ReceiveBufferSize;

    /// <summary>From here on a read is large: splicing it costs less than copying.</summary>
    private const int LargeRead = 32 * 1024;

    /// <summary>Large reads in a row after which a direction is spliced.</summary>
    private const int LargeReads = 4;

    /// <summary>Below this, copying costs less than splicing.</summary>
    private const int SmallSplice = 8 * 1024;

    /// <summary>Small ones in a row after which a direction is copied again.</summary>
    private const int SmallSplices = 8;

    private SplicePipe? _pipe; // Holds what came from here and the other side has not taken.
    private int _move; // Bytes to take into it at a time.
    private int _streak; // Large reads, or small splices, in a row.

    protected RelayServices Relays { get; } = relays;

    protected RelaySide? Other { get; set; }

    /// <summary>Nothing more comes from here, and the other side has been told.</summary>
    protected bool HasEnded { get; private set; }

    /// <summary>What the other side says is still wanted, or is thrown away.</summary>
    private bool TakesBytes => IsBroken ? Lingers : !Connecting && CanWrite;

    /// <summary>
    /// Whether its last word is worth a moment when it takes nothing more: the other side, which is still talking, is then listened
    /// to without purpose, since a reset would destroy that word on its way.
    /// </summary>
    protected abstract bool Lingers { get; }

    protected abstract RelayClient Relay { get; }

    /// <summary>The end of a relay that this side's reset brings about.</summary>
    protected abstract RelayEnd Reset { get; }

    protected abstract void Count(int bytes);

    protected void ResetSide()
    {
        HasEnded = false;
        _streak = 0;
    }

    protected override void OnReadable()
    {
        if (IsGone && (HasEnded ? Other is { HasEnded: false } : Other is not { Connecting: false }))
        {
            Relay.Finish(Reset);
            return;
        }

        var left = TurnBytes;
        while (Readable && !HasEnded && IsOpen)
        {
            if (Other is not { TakesBytes: true } other)
                return;
            var count = _pipe is null ? Copy(other) : Splice(other);
            if (count <= 0)
            {
                if (count == 0)
                    End(other);
                else if (count == -2)
                    Relay.Finish(Reset);
                return;
            }

            left -= count;
            if (left <= 0 && Readable)
            {
                YieldTurn();
                return;
            }
        }
    }

    private int Copy(RelaySide other)
    {
        var buffer = Worker.ReceiveBuffer;
        var count = Receive(buffer);
        if (count <= 0)
            return count;
        Count(count);
        other.Pass(buffer[..count]);
        _streak = count < LargeRead ? 0 : _streak + 1;
        if (_streak >= LargeReads && Tls is null && other is { Tls: null, IsBroken: false })
        {
            _pipe = Worker.Pipes.TryRent();
            _move = SplicePipe.OrdinaryMove;
            _streak = 0;
        }

        return count;
    }

    private int Splice(RelaySide other)
    {
        if (other.IsBroken)
        {
            ReturnPipe();
            return Copy(other);
        }

        var pipe = _pipe!;
        var received = 0;
        if (pipe.Count == 0)
        {
            if (!other.TryFlush())
                return -1;
            received = FillPipe(pipe, _move);
            if (received <= 0)
                return received;
            Count(received);
            _streak = received < SmallSplice ? _streak + 1 : 0;
        }

        if (!other.TryEmptyPipe(pipe, more: false))
        {
            // A slow side is not to have much waiting for it.
            _move = SplicePipe.OrdinaryMove;
            return -1;
        }

        if (received == _move)
            _move = SplicePipe.LargeMove;
        if (_streak >= SmallSplices)
            ReturnPipe();

        // Perhaps nothing came and only the pipe was emptied. That is progress, never the end of the stream.
        return Math.Max(received, 1);
    }

    /// <summary>Nothing more comes from here.</summary>
    private void End(RelaySide other)
    {
        HasEnded = true;
        ReturnPipe();

        // Without TLS the close says the same as the end in front of it.
        if (other.Tls is null && Relay.TryComplete())
            return;
        other.ShutdownWrite();
        if (Relay.TryComplete() || !IsBroken)
            return;
        if (Lingers)
            Relay.Linger();
        else
            Relay.Finish(Reset);
    }

    /// <summary>Everything that was said to it has gone out.</summary>
    protected bool IsFlushed => UnsentBytes == 0;

    protected override void OnFlushed()
    {
        if (HasEnded)
            Relay.TryComplete();
    }

    protected override void OnDrained()
    {
        Relay.Touch();
        Other?.Resume();
    }

    /// <summary>Goes on after the other side had no room.</summary>
    private void Resume()
    {
        if (IsOpen && Readable)
            OnReadable();
    }

    /// <summary>This side takes nothing more. What it said before is still to be passed on, then it ends.</summary>
    protected override void OnSendFailed()
    {
        if (HasEnded)
        {
            Relay.Finish(Reset);
            return;
        }

        TryReading();
        if (!IsOpen)
            return;
        if (!Lingers || (!Readable && !HasEnded))
            Relay.Finish(Reset);
        else
            Other?.Resume();
    }

    internal override void Abandon() => Relay.Finish(RelayEnd.Fault);

    /// <summary>Closes this side.</summary>
    protected void CloseSide(bool reset)
    {
        if (reset && IsOpen)
            ResetOnClose();
        CloseDescriptor();
        ReturnPipe();
        Other = null;
    }

    private void ReturnPipe()
    {
        if (_pipe is null)
            return;
        Worker.Pipes.Return(_pipe);
        _pipe = null;
    }
}
