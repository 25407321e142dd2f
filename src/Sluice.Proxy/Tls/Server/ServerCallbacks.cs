using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// What OpenSSL asks during a handshake on a server's side. Each finds its session through the worker's BIO, so that no context holds
/// a reference to anything managed. None may throw.
/// </summary>
internal static unsafe class ServerCallbacks
{
    private const int VectorSize = 16;

    private static readonly Lazy<nint> TicketCipher = new(static () =>
    {
        fixed (byte* name = "AES-256-CBC\0"u8)
            return Crypto.EVP_CIPHER_fetch(0, name, null);
    });

    private static readonly Lazy<int> SslOfStore = new(static () => Ssl.SSL_get_ex_data_X509_STORE_CTX_idx());

    /// <summary>For <c>SSL_CTX_set_verify</c>: lets clients with any certificate in, and remembers that it was not a valid one.</summary>
    public static delegate* unmanaged[Cdecl]<int, nint, int> AcceptAnyCertificate => &OnAnyCertificate;

    /// <summary>Gives a context all of them but that for client certificates.</summary>
    /// <exception cref="TlsMaterialException">OpenSSL lacks what they need.</exception>
    public static void Register(nint context)
    {
        // Made now, not when OpenSSL calls.
        if (TicketCipher.Value == 0 || SslOfStore.Value < 0)
            throw TlsMaterialException.WithReason("OpenSSL lacks AES-256-CBC");
        Ssl.SSL_CTX_set_tlsext_ticket_key_evp_cb(context, &OnTicketKey);
        Ssl.SSL_CTX_callback_ctrl(context, SslConstants.SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB, &OnStatusRequest);
        Ssl.SSL_CTX_set_alpn_select_cb(context, &OnProtocols, null);
    }

    /// <summary>RFC 7301: ours is the choice, of what the client offers.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnProtocols(nint ssl, byte** chosen, byte* chosenLength, byte* offered, uint offeredLength, void* argument)
    {
        var ours = TlsIo.SessionOf(ssl).Server!.Protocols.AsSpan();
        if (ours.Length == 0)
            return SslConstants.SSL_TLSEXT_ERR_NOACK;
        for (var i = 0; i < ours.Length; i += ours[i] + 1)
        {
            var protocol = ours.Slice(i + 1, ours[i]);
            for (uint at = 0; at < offeredLength && at + 1 + offered[at] <= offeredLength; at += offered[at] + 1u)
            {
                if (!protocol.SequenceEqual(new ReadOnlySpan<byte>(offered + at + 1, offered[at])))
                    continue;
                *chosen = offered + at + 1;
                *chosenLength = offered[at];
                return SslConstants.SSL_TLSEXT_ERR_OK;
            }
        }

        return SslConstants.SSL_TLSEXT_ERR_ALERT_FATAL;
    }

    /// <summary>OCSP stapling (RFC 6066 8). OpenSSL takes the response over.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStatusRequest(nint ssl, void* argument)
    {
        if (TlsIo.SessionOf(ssl).Certificate?.Facts.Source.OcspResponse is not { Length: > 0 } response)
            return SslConstants.SSL_TLSEXT_ERR_NOACK;
        var copy = Crypto.CRYPTO_malloc((nuint)response.Length, null, 0);
        if (copy == null)
            return SslConstants.SSL_TLSEXT_ERR_NOACK;
        response.CopyTo(new Span<byte>(copy, response.Length));
        Ssl.SSL_ctrl(ssl, SslConstants.SSL_CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP, response.Length, copy);
        return SslConstants.SSL_TLSEXT_ERR_OK;
    }

    /// <summary>RFC 5077 4: 1 for a key, 2 for one that is to be renewed, 0 for none (a full handshake follows), -1 for a failure.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnTicketKey(nint ssl, byte* name, byte* vector, nint cipher, nint mac, int isNew)
    {
        var keys = TlsIo.SessionOf(ssl).Server!.Tickets;
        var now = Environment.TickCount64;
        if (isNew != 0)
        {
            var current = keys.Current(now);
            current.Name.CopyTo(new Span<byte>(name, TicketKey.NameSize));
            if (Crypto.RAND_bytes(vector, VectorSize) != 1)
                return -1;
            fixed (byte* key = current.CipherKey)
            {
                if (Crypto.EVP_EncryptInit_ex(cipher, TicketCipher.Value, 0, key, vector) != 1)
                    return -1;
            }

            return SetMac(mac, current) ? 1 : -1;
        }

        if (keys.Find(new ReadOnlySpan<byte>(name, TicketKey.NameSize), now, out var isCurrent) is not { } found)
            return 0;
        fixed (byte* key = found.CipherKey)
        {
            if (!SetMac(mac, found) || Crypto.EVP_DecryptInit_ex(cipher, TicketCipher.Value, 0, key, vector) != 1)
                return -1;
        }

        // Over TLS 1.3 a ticket is to be used once (RFC 8446 C.4): whoever resumes needs the next.
        return isCurrent && Ssl.SSL_version(ssl) != SslConstants.TLS1_3_VERSION ? 1 : 2;
    }

    private static bool SetMac(nint mac, TicketKey key)
    {
        fixed (byte* keyName = "key\0"u8, digestName = "digest\0"u8, digest = "SHA256\0"u8, bytes = key.MacKey)
        {
            var parameters = stackalloc OsslParameter[3];
            parameters[0] = new OsslParameter { Key = keyName, Type = OsslParameter.OctetString, Data = bytes, Size = TicketKey.KeySize };
            parameters[1] = new OsslParameter { Key = digestName, Type = OsslParameter.Utf8String, Data = digest, Size = 6 };
            parameters[2] = default;
            return Crypto.EVP_MAC_CTX_set_params(mac, parameters) == 1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAnyCertificate(int isValid, nint context)
    {
        if (isValid == 0)
            TlsIo.SessionOf((nint)Crypto.X509_STORE_CTX_get_ex_data(context, SslOfStore.Value)).NoteInvalidClientCertificate();
        return 1;
    }
}
