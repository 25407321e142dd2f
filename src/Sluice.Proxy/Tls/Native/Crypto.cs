using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Native;

/// <summary>What is used of libcrypto: errors, BIOs, the keys of session tickets. Certificates are in Crypto.Certificates.cs.</summary>
internal static unsafe partial class Crypto
{
    private const string Library = OpenSslLibrary.Crypto;

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong ERR_peek_error();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong ERR_peek_last_error();

    /// <summary>Takes the oldest error out; 0 when there is none.</summary>
    [LibraryImport(Library)]
    internal static partial ulong ERR_get_error();

    [LibraryImport(Library)]
    internal static partial void ERR_clear_error();

    [LibraryImport(Library)]
    internal static partial byte* ERR_reason_error_string(ulong error);

    [LibraryImport(Library)]
    internal static partial int BIO_get_new_index();

    [LibraryImport(Library)]
    internal static partial nint BIO_meth_new(int type, byte* name);

    [LibraryImport(Library)]
    internal static partial int BIO_meth_set_read(nint method, delegate* unmanaged[Cdecl]<nint, byte*, int, int> callback);

    [LibraryImport(Library)]
    internal static partial int BIO_meth_set_write(nint method, delegate* unmanaged[Cdecl]<nint, byte*, int, int> callback);

    [LibraryImport(Library)]
    internal static partial int BIO_meth_set_ctrl(nint method, delegate* unmanaged[Cdecl]<nint, int, nint, void*, nint> callback);

    [LibraryImport(Library)]
    internal static partial nint BIO_new(nint method);

    [LibraryImport(Library)]
    internal static partial int BIO_free(nint bio);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int BIO_up_ref(nint bio);

    [LibraryImport(Library)]
    internal static partial void BIO_set_data(nint bio, void* data);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void* BIO_get_data(nint bio);

    [LibraryImport(Library)]
    internal static partial void BIO_set_flags(nint bio, int flags);

    [LibraryImport(Library)]
    internal static partial nint BIO_new_mem_buf(byte* bytes, int length);

    [LibraryImport(Library)]
    internal static partial nint BIO_s_mem();

    [LibraryImport(Library)]
    internal static partial nint BIO_ctrl(nint bio, int command, nint number, void* pointer);

    [LibraryImport(Library)]
    internal static partial int RAND_bytes(byte* bytes, int length);

    [LibraryImport(Library)]
    internal static partial void* CRYPTO_malloc(nuint bytes, byte* file, int line);

    [LibraryImport(Library)]
    internal static partial nint EVP_CIPHER_fetch(nint library, byte* name, byte* properties);

    [LibraryImport(Library)]
    internal static partial int EVP_EncryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* vector);

    [LibraryImport(Library)]
    internal static partial int EVP_DecryptInit_ex(nint context, nint cipher, nint engine, byte* key, byte* vector);

    [LibraryImport(Library)]
    internal static partial int EVP_MAC_CTX_set_params(nint context, OsslParameter* parameters);

    [LibraryImport(Library)]
    internal static partial nint EVP_sha256();
}
