using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Kubernetes.Access;

/// <summary>A client certificate, its chain and its key.</summary>
internal static class ClientCertificate
{
    /// <param name="certificatePem">The client's certificate, then those between it and its authority.</param>
    /// <param name="keyPem">Not encrypted: PKCS#8, PKCS#1 or SEC 1.</param>
    /// <param name="certificatePurpose">For messages: what holds the certificate.</param>
    /// <param name="keyPurpose">For messages: what holds the key.</param>
    /// <exception cref="ClusterAccessException">Either is broken, or they do not belong together.</exception>
    public static SslStreamCertificateContext Load(string certificatePem, string keyPem, string certificatePurpose, string keyPurpose)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificatePem);
        }
        catch (CryptographicException error)
        {
            throw new ClusterAccessException($"{certificatePurpose}: a certificate in it is broken", error);
        }

        if (chain.Count == 0)
            throw new ClusterAccessException($"{certificatePurpose} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        if (keyPem.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new ClusterAccessException($"{keyPurpose}: the key is encrypted with a password, which cannot be asked for here: decrypt it");
        if (!keyPem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw new ClusterAccessException($"{keyPurpose} holds no private key in PEM (-----BEGIN PRIVATE KEY-----)");
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new ClusterAccessException($"{keyPurpose}: the key is broken, or does not belong to the certificate in {certificatePurpose}", error);
        }
    }
}
