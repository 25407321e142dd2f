using Microsoft.Win32.SafeHandles;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <summary>
/// An SSL_CTX. Workers share it; sessions keep it alive for themselves, so that it goes when neither a configuration nor a
/// connection has it any more.
/// </summary>
internal sealed class SslContext() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <exception cref="TlsMaterialException">OpenSSL has no memory.</exception>
    public static SslContext Create(bool isServer)
    {
        var context = new SslContext();
        context.SetHandle(Ssl.SSL_CTX_new(isServer ? Ssl.TLS_server_method() : Ssl.TLS_client_method()));
        return context.IsInvalid ? throw TlsMaterialException.WithReason("OpenSSL could not make a context") : context;
    }

    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        Ssl.SSL_CTX_free(handle);
        return true;
    }
}
