using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Certificates;

/// <summary>
/// A certificate with its chain and its private key, as OpenSSL holds them. The chain is put in order: the certificate of the
/// key first, behind each its issuer; what belongs to no link of it is left out.
/// </summary>
internal sealed unsafe class KeyPair : IDisposable
{
    private readonly CertificateList _all = new();
    private readonly List<nint> _chain = [];

    private KeyPair()
    {
    }

    public nint Leaf { get; private set; }

    /// <summary>Those behind the leaf, up to the authority, which is left out when it is signed by itself: clients have it, or do not trust it.</summary>
    public IReadOnlyList<nint> Chain => _chain;

    public nint Key { get; private set; }

    /// <exception cref="TlsMaterialException">Certificate and key cannot be read, or do not belong together.</exception>
    public static KeyPair Read(TlsCertificate source)
    {
        var pair = new KeyPair();
        try
        {
            pair._all.Add(source.Chain, "the certificate");
            pair.Key = ReadKey(source.PrivateKey);
            pair.Leaf = pair.FindLeaf();
            pair.OrderChain();
            return pair;
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>Gives a context certificate, chain and key.</summary>
    /// <exception cref="TlsMaterialException">OpenSSL does not take them: the key is too small, say.</exception>
    public void UseIn(nint context)
    {
        if (Ssl.SSL_CTX_use_certificate(context, Leaf) != 1)
            throw TlsMaterialException.WithReason("the certificate cannot be used");
        if (Ssl.SSL_CTX_use_PrivateKey(context, Key) != 1)
            throw TlsMaterialException.WithReason("the private key cannot be used");

        // What a certificate tried before has left behind it.
        Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_CHAIN, 0, null);
        foreach (var certificate in _chain)
        {
            if (Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_CHAIN_CERT, 1, (void*)certificate) != 1)
                throw TlsMaterialException.WithReason("the certificate's chain cannot be used");
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        if (Key != 0)
            Crypto.EVP_PKEY_free(Key);
        Key = 0;
    }

    private static nint ReadKey(PrivateKey source)
    {
        if (ReferenceEquals(source, PrivateKey.Withheld))
            throw new TlsMaterialException("its private key is not here: keys are not kept on disk, and come again with the next configuration");
        var bytes = Encoding.UTF8.GetBytes(source.Reveal() + '\n');
        nint key;
        fixed (byte* pointer = bytes)
        {
            var bio = Crypto.BIO_new_mem_buf(pointer, bytes.Length);
            var wasAsked = 0;
            key = bio == 0 ? 0 : Crypto.PEM_read_bio_PrivateKey(bio, null, &OnPasswordWanted, &wasAsked);
            if (bio != 0)
                Crypto.BIO_free(bio);
            CryptographicOperations.ZeroMemory(bytes);
            if (key == 0)
            {
                // OpenSSL's reason is left out: for encrypted keys it is misleading, for others it is never more than "unsupported".
                Crypto.ERR_clear_error();
                throw new TlsMaterialException(wasAsked != 0
                    ? "the private key is encrypted; it must be given without a passphrase"
                    : "the private key cannot be read; it must be PEM (PKCS #8, PKCS #1 or SEC 1), not encrypted");
            }
        }

        Crypto.ERR_clear_error();
        return key;
    }

    /// <summary>There is no passphrase.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPasswordWanted(byte* target, int size, int isForWriting, void* wasAsked)
    {
        *(int*)wasAsked = 1;
        return -1;
    }

    private nint FindLeaf()
    {
        foreach (var certificate in _all.Certificates)
        {
            if (Crypto.X509_get0_pubkey(certificate) is var key and not 0 && Crypto.EVP_PKEY_eq(key, Key) == 1)
                return certificate;
        }

        Crypto.ERR_clear_error();
        throw new TlsMaterialException("the private key belongs to none of the certificates given with it");
    }

    private void OrderChain()
    {
        var last = Leaf;
        while (FindIssuer(last) is var issuer and not 0)
        {
            // The authority itself need not be sent (RFC 8446 4.4.2), and must not be looked for again.
            if (IsIssuer(issuer, issuer))
                break;
            _chain.Add(issuer);
            last = issuer;
        }

        Crypto.ERR_clear_error();
    }

    private nint FindIssuer(nint certificate)
    {
        foreach (var candidate in _all.Certificates)
        {
            if (candidate != certificate && candidate != Leaf && !_chain.Contains(candidate) && IsIssuer(candidate, certificate))
                return candidate;
        }

        return 0;
    }

    /// <summary>By signature, not by name: several authorities may have one name.</summary>
    private static bool IsIssuer(nint issuer, nint certificate) =>
        Crypto.X509_NAME_cmp(Crypto.X509_get_subject_name(issuer), Crypto.X509_get_issuer_name(certificate)) == 0 &&
        Crypto.X509_get0_pubkey(issuer) is var key and not 0 && Crypto.X509_verify(certificate, key) == 1;
}
