using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <summary>
/// TLS of one connection, as its <see cref="StreamConnection"/> drives it: ciphertext and plaintext in memory, no sockets. Ciphertext
/// that waits is in <see cref="Input"/> and <see cref="Output"/>; both are empty while the connection is idle.
/// What a server's and what a client's side know besides is in TlsSession.Server.cs and TlsSession.Client.cs.
/// </summary>
internal sealed unsafe partial class TlsSession
{
    /// <summary>Most plaintext of one record (RFC 8446 5.1).</summary>
    private const int RecordSize = 16 * 1024;

    /// <summary>What a record adds, at the most of all ciphers (CBC with padding and MAC).</summary>
    private const int RecordOverhead = 128;

    /// <summary>Milliseconds after which messages are counted anew.</summary>
    private const int MessagePeriod = 10_000;

    /// <summary>Ciphertext that OpenSSL has not looked at.</summary>
    public ByteQueue Input;

    /// <summary>Ciphertext that has not been sent.</summary>
    public ByteQueue Output;

    private nint _ssl;
    private TlsStep _end; // How reading ended; Waiting while it has not.
    private bool _hasPlaintext; // OpenSSL holds some that did not fit.
    private bool _hasBegun;
    private bool _isEstablished;
    private bool _shutdownSent;
    private long _messagesSince;

    /// <summary>The handshake has begun.</summary>
    public bool HasBegun => _hasBegun;

    /// <summary>The handshake has been completed.</summary>
    public bool IsEstablished => _isEstablished;

    /// <summary>Reading would bring something without another recv.</summary>
    public bool HasMore => Input.Length > 0 || _hasPlaintext || _end != TlsStep.Waiting;

    /// <summary>The peer has said that nothing follows.</summary>
    public bool HasEnded => _end == TlsStep.Ended;

    /// <summary>Messages of TLS itself since the handshake, with the answers to them, as far as they have not been forgiven.</summary>
    public int Messages { get; private set; }

    /// <summary>Why the session failed.</summary>
    public TlsFailure Failure { get; private set; }

    /// <summary>As negotiated: <see cref="SslConstants.TLS1_3_VERSION"/>, ….</summary>
    public int Version => Ssl.SSL_version(_ssl);

    /// <summary>The cipher suite that was agreed on, as OpenSSL calls it; empty before.</summary>
    public ReadOnlySpan<byte> CipherName
    {
        get
        {
            var cipher = Ssl.SSL_get_current_cipher(_ssl);
            return cipher == 0 ? default : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Ssl.SSL_CIPHER_get_name(cipher));
        }
    }

    public bool IsResumed => Ssl.SSL_session_reused(_ssl) != 0;

    /// <summary>The application protocol that was agreed on (RFC 7301), or empty.</summary>
    public ReadOnlySpan<byte> ApplicationProtocol
    {
        get
        {
            byte* protocol;
            uint length;
            Ssl.SSL_get0_alpn_selected(_ssl, &protocol, &length);
            return new ReadOnlySpan<byte>(protocol, (int)length);
        }
    }

    internal void Open(nint ssl)
    {
        _ssl = ssl;
        _end = TlsStep.Waiting;
        _hasPlaintext = _hasBegun = _isEstablished = _shutdownSent = false;
        Messages = 0;
        _messagesSince = 0;
        Failure = TlsFailure.None;
    }

    internal void Close(BufferPool buffers)
    {
        Ssl.SSL_free(_ssl);
        _ssl = 0;
        Input.Clear(buffers);
        Output.Clear(buffers);
        CloseServer();
        CloseClient();
    }

    /// <summary>Moves the handshake on with what waits and these bytes, which lie in <see cref="TlsIo.Buffer"/>.</summary>
    public TlsStep Handshake(TlsIo io, int fresh)
    {
        ClearStaleErrors();
        _hasBegun = true;
        var length = Enter(io, fresh, out var isKept);
        var result = Ssl.SSL_do_handshake(_ssl);
        Leave(io, length, isKept);
        if (result == 1)
        {
            _isEstablished = true;
            Ssl.SSL_set_info_callback(_ssl, &OnInfo);
            return CheckPeer() ? TlsStep.Done : TlsStep.Failed;
        }

        return Classify(result) == TlsStep.Waiting ? TlsStep.Waiting : TlsStep.Failed;
    }

    /// <summary>
    /// Decrypts what waits and these bytes, which lie in <see cref="TlsIo.Buffer"/>. Done when there is any plaintext; how the stream
    /// ends is said after the last of it.
    /// </summary>
    public TlsStep Read(TlsIo io, int fresh, Span<byte> plaintext, out int count)
    {
        count = 0;
        if (_end != TlsStep.Waiting)
            return _end;
        ClearStaleErrors();
        var length = Enter(io, fresh, out var isKept);
        _hasPlaintext = false;
        fixed (byte* target = plaintext)
        {
            while (true)
            {
                var asked = plaintext.Length - count;
                var result = Ssl.SSL_read(_ssl, target + count, asked);
                if (result <= 0)
                {
                    _end = Classify(result);
                    break;
                }

                count += result;
                if (result == asked)
                {
                    _hasPlaintext = Ssl.SSL_pending(_ssl) > 0;
                    break;
                }

                // A record is given whole where there is room for it, so that nothing is left of this one.
                if (io.InputLeft == 0)
                    break;
            }
        }

        Leave(io, length, isKept);
        if (_end == TlsStep.Waiting && Messages > io.MessageLimit)
        {
            _end = TlsStep.Failed;
            Failure = TlsFailure.Flood;
        }

        return count > 0 ? TlsStep.Done : _end;
    }

    internal void NoteMessage() => Messages++;

    /// <summary>Messages are counted anew every ten seconds.</summary>
    /// <param name="now">Milliseconds.</param>
    public void ForgiveMessages(long now)
    {
        if (now - _messagesSince < MessagePeriod)
            return;
        _messagesSince = now;
        Messages = 0;
    }

    /// <summary>Encrypts. Returns how much was taken: all of it unless the session has failed.</summary>
    public int Write(TlsIo io, ReadOnlySpan<byte> plaintext)
    {
        Output.Reserve(io.Buffers, plaintext.Length + (((plaintext.Length / RecordSize) + 1) * RecordOverhead));
        io.Enter(this, null, 0);
        var count = 0;
        fixed (byte* source = plaintext)
        {
            while (count < plaintext.Length)
            {
                var result = Ssl.SSL_write(_ssl, source + count, plaintext.Length - count);
                if (result <= 0)
                {
                    NoteError();
                    break;
                }

                count += result;
            }
        }

        return count;
    }

    /// <summary>Says that nothing follows (close_notify), once.</summary>
    public void Shutdown(TlsIo io)
    {
        if (_shutdownSent || !_isEstablished || Failure != TlsFailure.None)
            return;
        _shutdownSent = true;
        io.Enter(this, null, 0);
        if (Ssl.SSL_shutdown(_ssl) < 0)
            Crypto.ERR_clear_error();
    }

    private int Enter(TlsIo io, int fresh, out bool isKept)
    {
        isKept = Input.Length > 0;
        if (!isKept)
        {
            io.Enter(this, io.Buffer, fresh);
            return fresh;
        }

        Input.Append(io.Buffers, new ReadOnlySpan<byte>(io.Buffer, fresh));
        io.Enter(this, Input.Pointer, Input.Length);
        return Input.Length;
    }

    private void Leave(TlsIo io, int length, bool isKept)
    {
        var used = length - io.InputLeft;
        if (isKept)
            Input.Consume(io.Buffers, used);
        else if (used < length)
            Input.Append(io.Buffers, new ReadOnlySpan<byte>(io.Buffer + used, length - used));
    }

    private TlsStep Classify(int result)
    {
        switch (Ssl.SSL_get_error(_ssl, result))
        {
            case SslConstants.SSL_ERROR_WANT_READ:
                return TlsStep.Waiting;
            case SslConstants.SSL_ERROR_ZERO_RETURN:
                return TlsStep.Ended;
            default:
                NoteError();
                return TlsStep.Failed;
        }
    }

    private void NoteError()
    {
        // libssl's own reason may stand behind what libcrypto found on the way to it, such as a signature that does not fit.
        Failure = TlsFailure.Protocol;
        while (Crypto.ERR_get_error() is var error and not 0)
        {
            if (Failure == TlsFailure.Protocol)
                Failure = TlsFailures.Classify(error);
        }

        if (Failure == TlsFailure.PeerCertificate && Server is not null)
            Failure = TlsFailure.ClientCertificate;
    }

    /// <summary>
    /// OpenSSL says every step of its state machine. After the handshake that is one for each message of TLS itself, in or out, and none
    /// for the bytes of an application.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnInfo(nint ssl, int where, int value)
    {
        if ((where & (SslConstants.SSL_CB_LOOP | SslConstants.SSL_CB_ALERT)) != 0)
            TlsIo.SessionOf(ssl).NoteMessage();
    }

    /// <summary>OpenSSL takes an error that anything else has left behind on this thread for one of the session.</summary>
    private static void ClearStaleErrors()
    {
        if (Crypto.ERR_peek_error() != 0)
            Crypto.ERR_clear_error();
    }
}
