using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>OpenSSL as a client on a blocking socket: it can say what SslStream cannot.</summary>
internal sealed unsafe partial class OpenSslClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Guard.Limit.TotalMilliseconds };
    private readonly SslContext _context = SslContext.Create(isServer: false);
    private readonly nint _ssl;

    public OpenSslClient(IPEndPoint server)
    {
        // Nothing asynchronous: the platform would make the descriptor non-blocking for good.
        _socket.Connect(server);
        _ssl = Ssl.SSL_new(_context.Pointer);
        Assert.Equal(1, SSL_set_fd(_ssl, (int)_socket.Handle));
        Ssl.SSL_set_connect_state(_ssl);
        Assert.Equal(1, Ssl.SSL_do_handshake(_ssl));
    }

    /// <summary>Sends a KeyUpdate (RFC 8446 4.6.3). False when the connection has gone.</summary>
    /// <param name="isAnswerWanted">The server is to change its key too.</param>
    public bool TryUpdateKey(bool isAnswerWanted) =>
        SSL_key_update(_ssl, isAnswerWanted ? 1 : 0) == 1 && Ssl.SSL_do_handshake(_ssl) == 1;

    /// <summary>False when the connection has gone.</summary>
    public bool TrySend(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        fixed (byte* pointer = bytes)
            return Ssl.SSL_write(_ssl, pointer, bytes.Length) == bytes.Length;
    }

    /// <summary>What one record brings; "" when the connection has ended.</summary>
    public string Read()
    {
        var buffer = new byte[16 * 1024];
        fixed (byte* pointer = buffer)
            return Encoding.ASCII.GetString(buffer, 0, Math.Max(0, Ssl.SSL_read(_ssl, pointer, buffer.Length)));
    }

    public void Dispose()
    {
        Ssl.SSL_free(_ssl);
        Crypto.ERR_clear_error();
        _context.Dispose();
        _socket.Dispose();
    }

    [LibraryImport(OpenSslLibrary.Ssl)]
    private static partial int SSL_set_fd(nint ssl, int descriptor);

    [LibraryImport(OpenSslLibrary.Ssl)]
    private static partial int SSL_key_update(nint ssl, int type);
}
