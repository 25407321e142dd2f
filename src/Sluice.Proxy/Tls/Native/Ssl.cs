using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Native;

/// <summary>
/// What is used of libssl. SuppressGCTransition is only on calls that return at once and never call back: handshakes, reads,
/// writes and shutdowns all reach our BIO, which is managed code.
/// </summary>
internal static unsafe partial class Ssl
{
    private const string Library = OpenSslLibrary.Ssl;

    [LibraryImport(Library)]
    internal static partial nint TLS_server_method();

    [LibraryImport(Library)]
    internal static partial nint TLS_client_method();

    [LibraryImport(Library)]
    internal static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Library)]
    internal static partial void SSL_CTX_free(nint context);

    [LibraryImport(Library)]
    internal static partial nint SSL_CTX_ctrl(nint context, int command, nint number, void* pointer);

    [LibraryImport(Library)]
    internal static partial nint SSL_CTX_callback_ctrl(nint context, int command, delegate* unmanaged[Cdecl]<nint, void*, int> callback);

    [LibraryImport(Library)]
    internal static partial ulong SSL_CTX_set_options(nint context, ulong options);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_set_cipher_list(nint context, byte* names);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_set_ciphersuites(nint context, byte* names);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_use_certificate(nint context, nint certificate);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_use_PrivateKey(nint context, nint key);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_set_session_id_context(nint context, byte* bytes, uint length);

    [LibraryImport(Library)]
    internal static partial nint SSL_CTX_set_timeout(nint context, nint seconds);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_set_num_tickets(nint context, nuint count);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_set_tlsext_ticket_key_evp_cb(
        nint context, delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint, nint, int, int> callback);

    [LibraryImport(Library)]
    internal static partial void SSL_CTX_set_alpn_select_cb(
        nint context, delegate* unmanaged[Cdecl]<nint, byte**, byte*, byte*, uint, void*, int> callback, void* argument);

    /// <summary>Unlike the others, 0 means success.</summary>
    [LibraryImport(Library)]
    internal static partial int SSL_set_alpn_protos(nint ssl, byte* protocols, uint length);

    [LibraryImport(Library)]
    internal static partial void SSL_CTX_set_verify(nint context, int mode, delegate* unmanaged[Cdecl]<int, nint, int> callback);

    [LibraryImport(Library)]
    internal static partial int SSL_CTX_add_client_CA(nint context, nint certificate);

    [LibraryImport(Library)]
    internal static partial void SSL_CTX_sess_set_new_cb(nint context, delegate* unmanaged[Cdecl]<nint, nint, int> callback);

    [LibraryImport(Library)]
    internal static partial nint SSL_CTX_get0_param(nint context);

    [LibraryImport(Library)]
    internal static partial nint SSL_new(nint context);

    [LibraryImport(Library)]
    internal static partial void SSL_free(nint ssl);

    [LibraryImport(Library)]
    internal static partial void SSL_set_bio(nint ssl, nint input, nint output);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint SSL_get_rbio(nint ssl);

    [LibraryImport(Library)]
    internal static partial void SSL_set_accept_state(nint ssl);

    [LibraryImport(Library)]
    internal static partial void SSL_set_connect_state(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void SSL_set_info_callback(nint ssl, delegate* unmanaged[Cdecl]<nint, int, int, void> callback);

    [LibraryImport(Library)]
    internal static partial nint SSL_ctrl(nint ssl, int command, nint number, void* pointer);

    [LibraryImport(Library)]
    internal static partial int SSL_do_handshake(nint ssl);

    [LibraryImport(Library)]
    internal static partial int SSL_read(nint ssl, byte* buffer, int length);

    [LibraryImport(Library)]
    internal static partial int SSL_write(nint ssl, byte* buffer, int length);

    [LibraryImport(Library)]
    internal static partial int SSL_shutdown(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int SSL_get_shutdown(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int SSL_get_error(nint ssl, int result);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int SSL_pending(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int SSL_version(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint SSL_get_current_cipher(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial byte* SSL_CIPHER_get_name(nint cipher);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int SSL_session_reused(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void SSL_get0_alpn_selected(nint ssl, byte** protocol, uint* length);

    /// <summary>Null, or a reference that must be freed.</summary>
    [LibraryImport(Library)]
    internal static partial nint SSL_get1_peer_certificate(nint ssl);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint SSL_get_verify_result(nint ssl);

    [LibraryImport(Library)]
    internal static partial int SSL_set_session(nint ssl, nint session);

    [LibraryImport(Library)]
    internal static partial void SSL_SESSION_free(nint session);

    [LibraryImport(Library)]
    internal static partial int SSL_SESSION_get_protocol_version(nint session);

    [LibraryImport(Library)]
    internal static partial int SSL_get_ex_data_X509_STORE_CTX_idx();

    /// <summary>What the client has sent, without its own certificate; null after a resumption. Belongs to the session.</summary>
    [LibraryImport(Library)]
    internal static partial void* SSL_get_peer_cert_chain(nint ssl);
}
