using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Certificates;

/// <summary>
/// Authorities whose certificates are believed. Each certificate in it is trusted by itself, whether it is a root or not.
///
/// OpenSSL looks for an issuer by name, and where AuthorityKeyIdentifier does not tell them apart it stops at the first of several
/// with one name: a certificate of the second is then refused. Where names repeat, an issuer therefore counts only when the
/// signature is its own.
/// </summary>
internal sealed unsafe class TrustStore() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private CertificateList? _authorities;

    public nint Pointer => handle;

    /// <summary>The authorities, without those of the system.</summary>
    public IReadOnlyList<nint> Authorities => _authorities!.Certificates;

    /// <exception cref="TlsMaterialException">A text cannot be read or holds no certificate, or nobody would be trusted.</exception>
    public static TrustStore Create(IReadOnlyList<string> pems, bool withSystem)
    {
        var store = new TrustStore { _authorities = new CertificateList() };
        try
        {
            store.SetHandle(Crypto.X509_STORE_new());
            if (store.IsInvalid)
                throw TlsMaterialException.WithReason("OpenSSL could not make a store of authorities");
            store.Fill(pems, withSystem);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    protected override bool ReleaseHandle()
    {
        _authorities?.Dispose();
        Crypto.X509_STORE_free(handle);
        return true;
    }

    private void Fill(IReadOnlyList<string> pems, bool withSystem)
    {
        foreach (var pem in pems)
            _authorities!.Add(pem, "the list of authorities");
        if (Authorities.Count == 0 && !withSystem)
            throw new TlsMaterialException("there is no authority to trust");
        foreach (var certificate in Authorities)
        {
            if (Crypto.X509_STORE_add_cert(handle, certificate) != 1)
                throw TlsMaterialException.WithReason("an authority cannot be used");
        }

        if (withSystem && Crypto.X509_STORE_set_default_paths(handle) != 1)
            throw TlsMaterialException.WithReason("the system's authorities cannot be used");
        Crypto.X509_STORE_set_flags(handle, SslConstants.X509_V_FLAG_PARTIAL_CHAIN);
        if (HasRepeatedName())
            Crypto.X509_STORE_set_check_issued(handle, &CheckIssued);
    }

    private bool HasRepeatedName()
    {
        for (var i = 0; i < Authorities.Count; i++)
        {
            for (var j = i + 1; j < Authorities.Count; j++)
            {
                if (Crypto.X509_NAME_cmp(Crypto.X509_get_subject_name(Authorities[i]), Crypto.X509_get_subject_name(Authorities[j])) == 0)
                    return true;
            }
        }

        return false;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckIssued(nint context, nint certificate, nint issuer)
    {
        if (Crypto.X509_check_issued(issuer, certificate) != SslConstants.X509_V_OK)
            return 0;
        var isSigner = Crypto.X509_get0_pubkey(issuer) is var key and not 0 && Crypto.X509_verify(certificate, key) == 1;

        // A signature of another is no error of this handshake.
        if (!isSigner)
            Crypto.ERR_clear_error();
        return isSigner ? 1 : 0;
    }
}
