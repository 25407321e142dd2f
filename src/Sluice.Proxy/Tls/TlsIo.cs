using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <summary>
/// What the TLS sessions of one worker share. OpenSSL makes no system calls here: all sessions have this one BIO, which reads
/// from where the caller has put ciphertext (<see cref="Enter"/>) and writes behind what the session has to send. So one recv
/// feeds OpenSSL, and all records of a turn leave with one send.
///
/// A BIO without state may stand under many sessions at a time: OpenSSL keeps nothing in it but its flags, and those always say
/// "try again", which is the only way in which it ever fails.
/// </summary>
internal sealed unsafe class TlsIo : IDisposable
{
    /// <summary>Sessions kept for reuse.</summary>
    private const int KeptSessions = 1024;

    private static readonly Lazy<nint> Method = new(CreateMethod);

    private readonly byte* _buffer = (byte*)NativeMemory.AlignedAlloc(Worker.ReceiveBufferSize, 4096);
    private readonly Stack<TlsSession> _free = new();
    private readonly BufferPool _buffers;
    private readonly GCHandle _self;
    private readonly nint _bio;
    private TlsSession? _current;
    private byte* _input;
    private int _inputLeft;

    /// <param name="buffers">The worker's.</param>
    /// <param name="messageLimit"><see cref="ProxyLimits.TlsMessages"/>.</param>
    public TlsIo(BufferPool buffers, int messageLimit)
    {
        _buffers = buffers;
        MessageLimit = messageLimit;
        _self = GCHandle.Alloc(this);
        _bio = Crypto.BIO_new(Method.Value);
        if (_bio == 0)
            throw new InvalidOperationException("OpenSSL could not make a BIO: out of memory");
        Crypto.BIO_set_data(_bio, (void*)GCHandle.ToIntPtr(_self));
        Crypto.BIO_set_flags(_bio, SslConstants.BIO_FLAGS_READ | SslConstants.BIO_FLAGS_SHOULD_RETRY);
    }

    /// <summary>Where recv puts ciphertext; as large as the worker's receive buffer. Valid until the next recv of this worker.</summary>
    public byte* Buffer => _buffer;

    public BufferPool Buffers => _buffers;

    /// <summary>Messages of TLS itself that a session may take for a while after its handshake.</summary>
    public int MessageLimit { get; }

    /// <summary>Bytes that OpenSSL has not taken yet.</summary>
    public int InputLeft => _inputLeft;

    /// <summary>A session whose handshake is to begin; null when OpenSSL has no memory.</summary>
    public TlsSession? TryOpen(nint context)
    {
        var ssl = Ssl.SSL_new(context);
        if (ssl == 0)
        {
            Crypto.ERR_clear_error();
            return null;
        }

        // SSL_set_bio takes one reference when both sides are the same.
        Crypto.BIO_up_ref(_bio);
        Ssl.SSL_set_bio(ssl, _bio, _bio);
        if (!_free.TryPop(out var session))
            session = new TlsSession();
        session.Open(ssl);
        return session;
    }

    /// <summary>Ends a session, with everything that it holds.</summary>
    public void Close(TlsSession session)
    {
        session.Close(_buffers);
        if (_free.Count < KeptSessions)
            _free.Push(session);
    }

    /// <summary>Before a call of OpenSSL for a session.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(TlsSession session, byte* input, int length)
    {
        _current = session;
        _input = input;
        _inputLeft = length;
    }

    /// <summary>The session for which OpenSSL is at work, for its callbacks.</summary>
    public static TlsSession SessionOf(nint ssl) => Of(Ssl.SSL_get_rbio(ssl))._current!;

    public void Dispose()
    {
        Crypto.BIO_free(_bio);
        _self.Free();
        NativeMemory.AlignedFree(_buffer);
    }

    private static TlsIo Of(nint bio) => Unsafe.As<TlsIo>(GCHandle.FromIntPtr((nint)Crypto.BIO_get_data(bio)).Target!);

    private static nint CreateMethod()
    {
        nint method;
        fixed (byte* name = "sluice\0"u8)
            method = Crypto.BIO_meth_new(Crypto.BIO_get_new_index() | SslConstants.BIO_TYPE_SOURCE_SINK, name);
        if (method == 0)
            throw new InvalidOperationException("OpenSSL could not make a BIO method: out of memory");
        Crypto.BIO_meth_set_read(method, &OnRead);
        Crypto.BIO_meth_set_write(method, &OnWrite);
        Crypto.BIO_meth_set_ctrl(method, &OnControl);
        return method;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRead(nint bio, byte* target, int length)
    {
        var io = Of(bio);
        var count = Math.Min(length, io._inputLeft);

        // One read may hold thousands of messages, which OpenSSL works through at one go unless it gets no more.
        if (count <= 0 || io._current!.Messages > io.MessageLimit)
            return -1;
        Unsafe.CopyBlockUnaligned(target, io._input, (uint)count);
        io._input += count;
        io._inputLeft -= count;
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWrite(nint bio, byte* source, int length)
    {
        var io = Of(bio);
        io._current!.Output.Append(io._buffers, new ReadOnlySpan<byte>(source, length));
        return length;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnControl(nint bio, int command, nint number, void* pointer) => command == SslConstants.BIO_CTRL_FLUSH ? 1 : 0;
}
