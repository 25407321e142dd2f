using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Native;

/// <content>Certificates, keys, and what trusts them.</content>
internal static unsafe partial class Crypto
{
    [LibraryImport(Library)]
    internal static partial nint PEM_read_bio_X509(nint bio, nint* reuse, delegate* unmanaged[Cdecl]<byte*, int, int, void*, int> password, void* argument);

    [LibraryImport(Library)]
    internal static partial nint PEM_read_bio_PrivateKey(nint bio, nint* reuse, delegate* unmanaged[Cdecl]<byte*, int, int, void*, int> password, void* argument);

    [LibraryImport(Library)]
    internal static partial void X509_free(nint certificate);

    /// <summary>Writes a certificate in DER, if there is where; returns its length.</summary>
    [LibraryImport(Library)]
    internal static partial int i2d_X509(nint certificate, byte** target);

    [LibraryImport(Library)]
    internal static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_get_base_id(nint key);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_get_bits(nint key);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_eq(nint key, nint other);

    [LibraryImport(Library)]
    internal static partial nint X509_get0_pubkey(nint certificate);

    [LibraryImport(Library)]
    internal static partial nint X509_get0_notBefore(nint certificate);

    [LibraryImport(Library)]
    internal static partial nint X509_get0_notAfter(nint certificate);

    [LibraryImport(Library)]
    internal static partial int ASN1_TIME_to_tm(nint time, BrokenDownTime* result);

    [LibraryImport(Library)]
    internal static partial nint X509_get_subject_name(nint certificate);

    [LibraryImport(Library)]
    internal static partial nint X509_get_issuer_name(nint certificate);

    [LibraryImport(Library)]
    internal static partial int X509_NAME_cmp(nint name, nint other);

    [LibraryImport(Library)]
    internal static partial int X509_NAME_get_index_by_NID(nint name, int nid, int after);

    [LibraryImport(Library)]
    internal static partial nint X509_NAME_get_entry(nint name, int index);

    [LibraryImport(Library)]
    internal static partial nint X509_NAME_ENTRY_get_data(nint entry);

    [LibraryImport(Library)]
    internal static partial int X509_NAME_print_ex(nint bio, nint name, int indent, ulong flags);

    [LibraryImport(Library)]
    internal static partial int X509_check_issued(nint issuer, nint certificate);

    [LibraryImport(Library)]
    internal static partial int X509_verify(nint certificate, nint key);

    [LibraryImport(Library)]
    internal static partial int X509_digest(nint certificate, nint digest, byte* result, uint* length);

    [LibraryImport(Library)]
    internal static partial void* X509_get_ext_d2i(nint certificate, int nid, int* critical, int* index);

    [LibraryImport(Library)]
    internal static partial int OPENSSL_sk_num(void* stack);

    [LibraryImport(Library)]
    internal static partial void* OPENSSL_sk_value(void* stack, int index);

    [LibraryImport(Library)]
    internal static partial nint GENERAL_NAME_get0_value(void* name, int* type);

    [LibraryImport(Library)]
    internal static partial void GENERAL_NAMES_free(void* names);

    [LibraryImport(Library)]
    internal static partial byte* ASN1_STRING_get0_data(nint text);

    [LibraryImport(Library)]
    internal static partial int ASN1_STRING_length(nint text);

    [LibraryImport(Library)]
    internal static partial nint X509_STORE_new();

    [LibraryImport(Library)]
    internal static partial void X509_STORE_free(nint store);

    [LibraryImport(Library)]
    internal static partial int X509_STORE_add_cert(nint store, nint certificate);

    [LibraryImport(Library)]
    internal static partial int X509_STORE_set_flags(nint store, ulong flags);

    [LibraryImport(Library)]
    internal static partial int X509_STORE_set_default_paths(nint store);

    [LibraryImport(Library)]
    internal static partial void X509_STORE_set_check_issued(nint store, delegate* unmanaged[Cdecl]<nint, nint, nint, int> callback);

    [LibraryImport(Library)]
    internal static partial void* X509_STORE_CTX_get_ex_data(nint context, int index);

    [LibraryImport(Library)]
    internal static partial int X509_VERIFY_PARAM_set1_host(nint parameters, byte* name, nuint length);

    [LibraryImport(Library)]
    internal static partial void X509_VERIFY_PARAM_set_hostflags(nint parameters, uint flags);
}
