using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Engine;

/// <summary>
/// A TCP connection on a worker: non-blocking, edge triggered, registered once. Reading goes through the worker's buffer;
/// writing through its <see cref="Cork"/>, and into <see cref="_unsent"/> only when the peer is slow. With TLS the same calls take
/// and give plaintext (StreamConnection.Tls.cs). Output of whole turns is composed in StreamConnection.Composing.cs, and bulk goes
/// through pipes of the kernel in StreamConnection.Splice.cs.
/// </summary>
internal abstract unsafe partial class StreamConnection(Worker worker) : Pollable(worker)
{
    /// <summary>From so many unsent bytes on, whoever produces them pauses. Twice this and a receive buffer are the most that waits.</summary>
    internal const int HighWater = 64 * 1024;

    private const uint AllEvents = LinuxConstants.EPOLLIN | LinuxConstants.EPOLLOUT | LinuxConstants.EPOLLRDHUP | LinuxConstants.EPOLLET;

    private ByteQueue _unsent;
    private int _highWater = HighWater;
    private bool _broken; // Sending failed; what is still in the receive buffer can be read.
    private bool _waitingForTurn;
    private bool _shutdownWhenFlushed;
    private bool _full; // A splice found the socket full; epoll will say when it is not.
    private bool _blocked; // A send found the socket full; so will it then.
    private bool _flushQueued; // What was committed leaves at the end of the turn.

    /// <summary>Bytes may wait in the socket: edge triggering says so only once.</summary>
    protected bool Readable { get; private set; }

    /// <summary>The peer has ended its side, or the connection is gone.</summary>
    protected bool PeerClosed { get; private set; }

    /// <summary>The connection is gone in both directions: reset, or closed on both sides.</summary>
    protected bool IsGone { get; private set; }

    protected bool Connecting { get; private set; }

    public int UnsentBytes => _tls is null ? _unsent.Length : _unsent.Length + _tls.Output.Length;

    /// <summary>Whether a producer may go on.</summary>
    public bool CanWrite => UnsentBytes < _highWater && !_full;

    /// <summary>Unsent bytes from which on producers pause; 0 for <see cref="HighWater"/>. After the connection was opened, which forgets it.</summary>
    protected void LimitUnsent(int bytes) => _highWater = bytes > 0 ? bytes : HighWater;

    /// <inheritdoc cref="LimitUnsent"/>
    protected int UnsentLimit => _highWater;

    /// <summary>Whether sending has failed.</summary>
    protected bool IsBroken => _broken;

    /// <summary>Total bytes sent and received, for progress checks and metrics. With TLS, received ones are counted as plaintext.</summary>
    public long BytesSent { get; private set; }

    public long BytesReceived { get; private set; }

    /// <summary>
    /// Bytes that the peer has acknowledged. Costs a system call: for timers only. <see cref="BytesSent"/> stands still until a
    /// third of the kernel's buffer is free again, which takes a slow peer minutes.
    /// </summary>
    protected long BytesTaken
    {
        get
        {
            int queued = 0;
            return Libc.ioctl(Descriptor, LinuxConstants.SIOCOUTQ, &queued) == 0 ? BytesSent - queued : BytesSent;
        }
    }

    protected void OpenAccepted(int descriptor)
    {
        Reset();
        Open(descriptor, AllEvents);
    }

    /// <summary>Continues a connection that began as another object, without a word to the kernel; that object is closed then.</summary>
    protected void TakeOver(StreamConnection other)
    {
        Reset();
        Readable = other.Readable;
        PeerClosed = other.PeerClosed;
        IsGone = other.IsGone;
        BytesSent = other.BytesSent;
        BytesReceived = other.BytesReceived;
        Worker.Cork.Flush(other);
        _unsent = other._unsent;
        other._unsent = default;
        _broken = other._broken;
        _blocked = other._blocked;
        _highWater = other._highWater;
        TakeTls(other);
        Worker.Timers.Cancel(other);
        TakeDescriptor(other);
    }

    protected void OpenConnecting(int descriptor)
    {
        Reset();
        Connecting = true;
        Open(descriptor, AllEvents);
    }

    private void Reset()
    {
        Readable = PeerClosed = IsGone = Connecting = _broken = _waitingForTurn = _shutdownWhenFlushed = _full = _blocked = _flushQueued = false;
        BytesSent = BytesReceived = 0;
        _highWater = HighWater;
        ResetTls();
    }

    internal override void OnEvents(uint events)
    {
        const uint Gone = LinuxConstants.EPOLLERR | LinuxConstants.EPOLLHUP;
        if (Connecting)
        {
            if ((events & (LinuxConstants.EPOLLOUT | Gone)) == 0 && !_handshaking)
                return;

            // A connect that failed leaves an error, and epoll reports it as one.
            if (!_handshaking && (events & Gone) != 0)
            {
                Connecting = false;
                OnConnectFailed();
                return;
            }

            if (_tls is not null)
            {
                ContinueConnecting(events);
                return;
            }

            Connecting = false;
            OnConnected();
            if (!IsOpen)
                return;

            // Whoever filled the queue while the connection came about is waiting to go on.
            FlushUnsent();
            if (IsOpen && !_broken && CanWrite)
                OnDrained();
        }
        else if ((events & LinuxConstants.EPOLLOUT) != 0 && ((UnsentBytes > 0 && (_blocked || !_flushQueued)) || _full))
        {
            _full = false;
            FlushUnsent();
            if (IsOpen && !_broken && CanWrite)
                OnDrained();
        }

        if ((events & (LinuxConstants.EPOLLIN | LinuxConstants.EPOLLRDHUP | Gone)) == 0 || !IsOpen)
            return;
        if ((events & (LinuxConstants.EPOLLRDHUP | Gone)) != 0)
            PeerClosed = true;
        IsGone |= (events & Gone) != 0;
        Readable = _wireReadable = true;
        OnReadable();
    }

    /// <summary>Continues after others had their turn.</summary>
    internal void ContinueReading()
    {
        _waitingForTurn = false;
        if (IsOpen && Readable)
            OnReadable();
    }

    /// <summary>Reads although no event said that there is something.</summary>
    protected void TryReading()
    {
        Readable = _wireReadable = true;
        OnReadable();
    }

    /// <summary>Gives the other connections of the worker a turn before this one reads on.</summary>
    protected void YieldTurn()
    {
        if (_waitingForTurn)
            return;
        _waitingForTurn = true;
        Worker.ContinueLater(this);
    }

    /// <summary>Bytes read, 0 at the end of the stream, -1 when nothing waits, -2 when the connection failed.</summary>
    protected int Receive(Span<byte> buffer)
    {
        if (_tls is not null)
            return ReceiveTls(_tls, buffer);
        nint count;
        fixed (byte* pointer = buffer)
        {
            do
                count = Libc.recv(Descriptor, pointer, buffer.Length, 0);
            while (count < 0 && Libc.Errno == LinuxConstants.EINTR);
        }

        if (count > 0)
        {
            BytesReceived += count;

            // A short read emptied the socket; only the end of the stream may still be there.
            if (count < buffer.Length && !PeerClosed)
                Readable = false;
            return (int)count;
        }

        Readable = false;
        if (count == 0)
        {
            PeerClosed = true;
            return 0;
        }

        return Libc.Errno == LinuxConstants.EAGAIN ? -1 : -2;
    }

    /// <summary>As <see cref="Receive"/>, but the bytes stay in the socket. Not for connections with TLS.</summary>
    protected int Peek(Span<byte> buffer)
    {
        nint count;
        fixed (byte* pointer = buffer)
        {
            do
                count = Libc.recv(Descriptor, pointer, buffer.Length, LinuxConstants.MSG_PEEK);
            while (count < 0 && Libc.Errno == LinuxConstants.EINTR);
        }

        return count >= 0 ? (int)count : Libc.Errno == LinuxConstants.EAGAIN ? -1 : -2;
    }

    /// <summary>Queues bytes; they leave at the latest when the current event is done.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || !IsOpen || _broken)
            return;
        if (Connecting || _unsent.Length > 0)
        {
            _unsent.Append(Worker.Buffers, bytes);
            return;
        }

        if (!Worker.Cork.TryAdd(this, bytes))
            SendNow(Worker.Cork.Take(this), bytes);
    }

    /// <summary>Sends at once what came in one piece from another connection: nothing will follow that it could leave with.</summary>
    protected void Pass(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || !IsOpen || _broken)
            return;
        if (Connecting || _unsent.Length > 0)
            _unsent.Append(Worker.Buffers, bytes);
        else
            SendNow(bytes, default);
    }

    /// <summary>Sends two runs with one call; what the socket does not take waits.</summary>
    internal void SendNow(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (_tls is not null)
        {
            SendTls(_tls, first, second);
            return;
        }

        nint sent;
        fixed (byte* a = first, b = second)
        {
            if (second.Length == 0)
            {
                sent = Libc.send(Descriptor, a, first.Length, LinuxConstants.MSG_NOSIGNAL);
            }
            else
            {
                var vectors = stackalloc IoVector[2];
                vectors[0] = new IoVector { Base = a, Length = (nuint)first.Length };
                vectors[1] = new IoVector { Base = b, Length = (nuint)second.Length };
                var message = new MessageHeader { Vectors = vectors, VectorCount = 2 };
                sent = Libc.sendmsg(Descriptor, &message, LinuxConstants.MSG_NOSIGNAL);
            }
        }

        if (sent < 0)
        {
            if (Libc.Errno is not (LinuxConstants.EAGAIN or LinuxConstants.EINTR))
            {
                Break();
                return;
            }

            sent = 0;
        }

        BytesSent += sent;
        if (sent < first.Length)
        {
            _unsent.Append(Worker.Buffers, first[(int)sent..]);
            _unsent.Append(Worker.Buffers, second);
        }
        else
        {
            _unsent.Append(Worker.Buffers, second[(int)(sent - first.Length)..]);
        }

        if (_unsent.Length > 0)
        {
            _blocked = true;
            OnBlocked();
        }
    }

    private void FlushUnsent()
    {
        if (!(_tls is null ? TrySend(ref _unsent) : TryFlushTls(_tls)))
            return;
        _blocked = false;
        if (_broken)
            return;
        if (_shutdownWhenFlushed)
            ShutdownWrite();
        OnFlushed();
    }

    /// <summary>Sends all of a queue; false when the socket is full or sending failed.</summary>
    private bool TrySend(ref ByteQueue queue)
    {
        while (queue.Length > 0)
        {
            var sent = Libc.send(Descriptor, queue.Pointer, queue.Length, LinuxConstants.MSG_NOSIGNAL);
            if (sent < 0)
            {
                if (Libc.Errno is not (LinuxConstants.EAGAIN or LinuxConstants.EINTR))
                {
                    Break();
                    return false;
                }

                if (!_blocked)
                {
                    _blocked = true;
                    OnBlocked();
                }

                return false;
            }

            BytesSent += sent;
            queue.Consume(Worker.Buffers, (int)sent);
        }

        return true;
    }

    /// <summary>Sends everything that waits, as far as the socket takes it.</summary>
    protected void Flush()
    {
        Worker.Cork.Flush(this);
    }

    /// <summary>Sends everything that waits; false when the socket does not take all of it, and then <see cref="OnDrained"/> comes.</summary>
    public bool TryFlush()
    {
        Flush();
        return UnsentBytes == 0 && !_full && IsOpen && !_broken;
    }

    /// <summary>Takes what could not be sent, to give it to another connection.</summary>
    protected ByteQueue TakeUnsent()
    {
        var taken = _unsent;
        _unsent = default;
        return taken;
    }

    /// <summary>Gets what another connection could not send. Only while connecting, before anything was written.</summary>
    protected void GiveUnsent(ref ByteQueue unsent)
    {
        _unsent = unsent;
        unsent = default;
    }

    /// <summary>Called when the event in which a send failed is done, unless the connection was closed meanwhile.</summary>
    internal void HandleBroken()
    {
        if (IsOpen && _broken)
            OnSendFailed();
    }

    private void Break()
    {
        if (_broken)
            return;
        _broken = true;
        _unsent.Clear(Worker.Buffers);
        _tls?.Output.Clear(Worker.Buffers);
        Worker.ReportBroken(this);
    }

    /// <summary>Ends our side once everything written has been sent.</summary>
    protected void ShutdownWrite()
    {
        Flush();
        if (_tls is not null)
            EndTls(_tls);
        _shutdownWhenFlushed = Connecting || UnsentBytes > 0;
        if (IsOpen && !_shutdownWhenFlushed)
            Libc.shutdown(Descriptor, LinuxConstants.SHUT_WR);
    }

    /// <summary>Makes the close that follows a reset.</summary>
    protected void ResetOnClose()
    {
        var linger = stackalloc int[2] { 1, 0 };
        Libc.setsockopt(Descriptor, LinuxConstants.SOL_SOCKET, LinuxConstants.SO_LINGER, linger, 2 * sizeof(int));
    }

    /// <summary>Closes the descriptor whatever state the rest is in. The object is not used again.</summary>
    internal void Forget() => CloseDescriptor();

    /// <summary>Closes the descriptor and gives every buffer back. What was not sent is lost.</summary>
    protected void CloseDescriptor()
    {
        if (!IsOpen)
            return;
        Worker.Cork.Drop(this);
        Worker.Timers.Cancel(this);
        _unsent.Clear(Worker.Buffers);
        if (_tls is not null)
            DropTls();
        Worker.Close(Descriptor);
        Descriptor = -1;
    }

    /// <summary>Bytes or the end of the stream may be read.</summary>
    protected abstract void OnReadable();

    /// <summary>Room for more output, after there was none.</summary>
    protected abstract void OnDrained();

    /// <summary>The socket did not take everything.</summary>
    protected virtual void OnBlocked()
    {
    }

    /// <summary>Nothing unsent is left.</summary>
    protected virtual void OnFlushed()
    {
    }

    protected virtual void OnConnected()
    {
    }

    protected virtual void OnConnectFailed()
    {
    }

    /// <summary>A send failed: the peer has gone.</summary>
    protected abstract void OnSendFailed();

    /// <summary>Drops the connection after a defect of ours.</summary>
    internal abstract void Abandon();
}
