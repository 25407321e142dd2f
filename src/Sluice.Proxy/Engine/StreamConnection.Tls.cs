using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Client;

namespace Sluice.Proxy.Engine;

/// <content>
/// TLS under a connection. Whoever drives the connection sees plaintext: what it writes is encrypted when it is sent, at most
/// <see cref="HighWater"/> ahead of the socket; what arrives is decrypted when it is read, and stays ciphertext until then.
/// </content>
internal abstract unsafe partial class StreamConnection
{
    /// <summary>Reads without any plaintext before others get their turn.</summary>
    private const int MaxSilentReads = 16;

    /// <summary>Ciphertext may be this much longer than the plaintext that there is room for: records, and messages between them.</summary>
    private const int ReceiveSurplus = 1024;

    private TlsSession? _tls;
    private bool _wireReadable; // Bytes may wait in the socket; Readable says whether they, or decrypted ones, can be read.
    private bool _handshaking; // The socket is connected, the session is not.

    /// <summary>TLS of the connection; null in cleartext.</summary>
    public TlsSession? Tls => _tls;

    /// <summary>The socket is connected, and TLS is not agreed on yet. Only while connecting.</summary>
    protected bool IsHandshaking => _handshaking;

    /// <summary>From here on the connection is encrypted. Before anything is read or written that is to be.</summary>
    protected void BeginTls(TlsSession session)
    {
        _tls = session;
        _wireReadable = Readable;
    }

    /// <summary>As <see cref="BeginTls"/>, on a connection to an endpoint that is being connected to. False when memory is short.</summary>
    protected bool TryBeginTls(ClientTls tls, ClientSessions sessions, ReadOnlySpan<byte> protocol)
    {
        var session = Worker.Tls.TryOpen(tls.Context.Pointer);
        GC.KeepAlive(tls);
        if (session is null)
            return false;
        session.BeginClient(tls, sessions, protocol);
        BeginTls(session);
        return true;
    }

    /// <summary>Why connecting failed: of what TLS said, if it came to that.</summary>
    protected UpstreamFailure ConnectFailure => !_handshaking ? UpstreamFailure.Connect : _tls!.Failure switch
    {
        TlsFailure.PeerCertificate => UpstreamFailure.TlsCertificate,
        TlsFailure.ApplicationProtocol => UpstreamFailure.TlsProtocol,
        _ => UpstreamFailure.TlsHandshake,
    };

    /// <summary>Moves a handshake on as far as what the socket has allows, and sends what it says.</summary>
    protected TlsStep ContinueHandshake()
    {
        var tls = _tls!;
        var io = Worker.Tls;
        var step = TlsStep.Waiting;
        if (tls.Input.Length > 0 || !tls.HasBegun)
            step = tls.Handshake(io, 0);
        while (step == TlsStep.Waiting && _wireReadable)
        {
            var fresh = ReceiveCiphertext(io, Worker.ReceiveBufferSize);
            if (fresh == 0 || fresh == -2)
                step = TlsStep.Ended;
            else if (fresh > 0)
                step = tls.Handshake(io, fresh);
        }

        if (step == TlsStep.Done)
            Readable = _wireReadable || tls.HasMore;
        if (step == TlsStep.Done && !_blocked)
            FlushLater();
        else if (tls.Output.Length > 0 && !_blocked)
            TrySend(ref tls.Output);
        return step;
    }

    /// <summary>
    /// Tells the peer that nothing follows, before the connection is closed in order. Without it, what was said could have been cut
    /// short by anybody on the way (RFC 8446 6.1).
    /// </summary>
    protected void SayEnd()
    {
        if (_tls is null || _broken || PeerClosed || !IsOpen || Connecting)
            return;
        EndTls(_tls);
    }

    /// <summary>Throws away what arrives, encrypted as it is. False when the peer has ended.</summary>
    protected bool DiscardInput()
    {
        for (var reads = 0; reads < MaxSilentReads; reads++)
        {
            if (!_wireReadable)
            {
                Readable = false;
                return true;
            }

            if (ReceiveCiphertext(Worker.Tls, Worker.ReceiveBufferSize) is 0 or -2)
                return false;
        }

        Readable = true;
        YieldTurn();
        return true;
    }

    private void ResetTls()
    {
        _tls = null;
        _wireReadable = _handshaking = false;
    }

    private void TakeTls(StreamConnection other)
    {
        _tls = other._tls;
        _wireReadable = other._wireReadable;
        other._tls = null;
        if (_tls is not null && UnsentBytes > 0 && !_blocked)
            FlushLater();
    }

    private void DropTls()
    {
        Worker.Tls.Close(_tls!);
        _tls = null;
    }

    private void FlushLater()
    {
        if (_flushQueued)
            return;
        _flushQueued = true;
        Worker.FlushLater(this);
    }

    /// <summary>Something happened on the socket while the connection is coming about.</summary>
    private void ContinueConnecting(uint events)
    {
        if ((events & (LinuxConstants.EPOLLRDHUP | LinuxConstants.EPOLLERR | LinuxConstants.EPOLLHUP)) != 0)
            PeerClosed = true;
        if ((events & (LinuxConstants.EPOLLIN | LinuxConstants.EPOLLRDHUP | LinuxConstants.EPOLLERR | LinuxConstants.EPOLLHUP)) != 0)
            _wireReadable = true;
        if ((events & LinuxConstants.EPOLLOUT) != 0 && _blocked)
        {
            _blocked = false;
            if (!TrySend(ref _tls!.Output))
                return;
        }

        if (_handshaking && !_wireReadable)
            return;
        _handshaking = true;
        switch (ContinueHandshake())
        {
            case TlsStep.Waiting:
                return;
            case TlsStep.Done:
                break;
            default:
                OnConnectFailed();
                return;
        }

        Connecting = _handshaking = false;
        OnConnected();
        if (!IsOpen)
            return;
        FlushUnsent();
        if (IsOpen && !_broken && CanWrite)
            OnDrained();
        if (IsOpen && Readable)
            OnReadable();
    }

    private int ReceiveTls(TlsSession tls, Span<byte> buffer)
    {
        var io = Worker.Tls;
        var step = TlsStep.Waiting;
        var count = 0;
        if (tls.Messages > 0)
            tls.ForgiveMessages(Worker.Now);
        if (tls.HasMore)
            step = tls.Read(io, 0, buffer, out count);
        for (var reads = 0; step == TlsStep.Waiting && _wireReadable; reads++)
        {
            if (reads == MaxSilentReads)
            {
                // Nothing but messages of TLS itself, and no end of them.
                Readable = true;
                YieldTurn();
                return -1;
            }

            var fresh = ReceiveCiphertext(io, Math.Min(Worker.ReceiveBufferSize, buffer.Length + ReceiveSurplus));
            if (fresh > 0)
                step = tls.Read(io, fresh, buffer, out count);
            else if (fresh != -1)
                step = TlsStep.Failed;
        }

        // Answers to messages of TLS itself, or an alert.
        if (tls.Output.Length > 0 && !_blocked && !_broken)
            FlushLater();
        switch (step)
        {
            case TlsStep.Done:
                BytesReceived += count;
                Readable = _wireReadable || tls.HasMore;
                return count;
            case TlsStep.Ended:
                Readable = false;
                PeerClosed = true;
                return 0;
            case TlsStep.Failed:
                if (tls.Failure == TlsFailure.Flood)
                    Worker.NoteTlsFlood();
                Readable = false;
                return -2;
            default:
                Readable = false;
                return -1;
        }
    }

    /// <summary>As <see cref="Receive"/>, ciphertext; the end of TCP is an end that nobody has announced.</summary>
    private int ReceiveCiphertext(TlsIo io, int most)
    {
        nint count;
        do
            count = Libc.recv(Descriptor, io.Buffer, most, 0);
        while (count < 0 && Libc.Errno == LinuxConstants.EINTR);
        if (count > 0)
        {
            if (count < most && !PeerClosed)
                _wireReadable = false;
            return (int)count;
        }

        _wireReadable = false;
        if (count == 0)
        {
            PeerClosed = true;
            return 0;
        }

        return Libc.Errno == LinuxConstants.EAGAIN ? -1 : -2;
    }

    /// <summary>Encrypts and sends; what there is no room for waits, encrypted up to <see cref="HighWater"/>.</summary>
    private void SendTls(TlsSession tls, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (!Encrypt(tls, ref first) || !Encrypt(tls, ref second))
            return;
        _unsent.Append(Worker.Buffers, first);
        _unsent.Append(Worker.Buffers, second);
        if (_blocked)
            return;
        TryFlushTls(tls);
    }

    /// <summary>False when the session has failed: the connection is broken then.</summary>
    private bool Encrypt(TlsSession tls, ref ReadOnlySpan<byte> plaintext)
    {
        var room = HighWater - tls.Output.Length;
        if (plaintext.Length == 0 || room <= 0 || _unsent.Length > 0)
            return true;
        var count = Math.Min(plaintext.Length, room);
        if (tls.Write(Worker.Tls, plaintext[..count]) < count)
        {
            Break();
            return false;
        }

        plaintext = plaintext[count..];
        return true;
    }

    /// <summary>Encrypts and sends all that waits; false when the socket is full or sending failed.</summary>
    private bool TryFlushTls(TlsSession tls)
    {
        do
        {
            if (_unsent.Length > 0 && tls.IsEstablished)
            {
                var count = Math.Min(_unsent.Length, HighWater - tls.Output.Length);
                if (count > 0 && tls.Write(Worker.Tls, _unsent.Bytes[..count]) < count)
                {
                    Break();
                    return false;
                }

                if (count > 0)
                    _unsent.Consume(Worker.Buffers, count);
            }

            if (!TrySend(ref tls.Output))
                return false;
        }
        while (_unsent.Length > 0 && tls.IsEstablished);
        return true;
    }

    /// <summary>Encrypts nothing after this: says close_notify when all that waits is encrypted.</summary>
    private void EndTls(TlsSession tls)
    {
        if (Connecting || _unsent.Length > 0 || _broken || !IsOpen)
            return;
        tls.Shutdown(Worker.Tls);
        if (!_blocked)
            TrySend(ref tls.Output);
    }
}
