using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Client;

/// <summary>What OpenSSL tells on a client's side.</summary>
internal static unsafe class ClientCallbacks
{
    /// <summary>For <c>SSL_CTX_sess_set_new_cb</c>: a session that may be resumed. The reference is ours if 1 is returned.</summary>
    public static delegate* unmanaged[Cdecl]<nint, nint, int> SessionCame => &OnSession;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSession(nint ssl, nint session) => TlsIo.SessionOf(ssl).Keep(session) ? 1 : 0;
}
