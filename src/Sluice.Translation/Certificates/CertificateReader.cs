using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;
using Sluice.Resources.Core;

namespace Sluice.Translation.Certificates;

/// <summary>
/// Reads a Secret of the type kubernetes.io/tls: the certificate that belongs to the key, the chain in the order that TLS
/// asks for (RFC 8446 4.4.2), the key, and a response of the authority to staple. Problems never quote the Secret.
/// </summary>
internal static class CertificateReader
{
    public const string CertificateKey = "tls.crt";
    public const string PrivateKeyKey = "tls.key";

    /// <summary>As other gateways name it; DER.</summary>
    public const string OcspKey = "tls.ocsp-staple";

    // The data plane's library refuses shorter ones (security level 2 of OpenSSL).
    private const int ShortestRsaKey = 2048;
    private const int MostCertificates = 32;
    private static readonly string?[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];
    private static readonly string[] KeyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];

    public static ReadCertificate Read(Secret secret)
    {
        if (!secret.Data.TryGetValue(CertificateKey, out var crt))
            return Bad($"has no {CertificateKey}");
        if (!secret.Data.TryGetValue(PrivateKeyKey, out var key))
            return Bad($"has no {PrivateKeyKey}");
        var certificates = new List<X509Certificate2>();
        try
        {
            return Load(crt, certificates) is { } problem ? Bad(problem) : Read(secret, certificates, key);
        }
        catch (Exception error) when (error is CryptographicException or AsnContentException or ArgumentException)
        {
            // Loading looks at the outline of a certificate only; its names, times and key are read when they are asked for.
            return Bad($"holds in {CertificateKey} a certificate that is broken inside");
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }
    }

    private static string? Load(byte[] crt, List<X509Certificate2> certificates)
    {
        foreach (var block in PemBlocks.Find(crt, "CERTIFICATE", "X509 CERTIFICATE"))
        {
            if (certificates.Count == MostCertificates)
                return $"holds more than {MostCertificates} certificates in {CertificateKey}";
            if (CaReader.TryLoad(block) is not { } certificate)
                return $"holds in {CertificateKey} as number {certificates.Count + 1} what is no X.509 certificate";
            certificates.Add(certificate);
        }
        return certificates.Count == 0 ? $"holds no PEM certificate in {CertificateKey}" : null;
    }

    private static ReadCertificate Read(Secret secret, List<X509Certificate2> certificates, byte[] key)
    {
        if (IsEncrypted(key))
            return Bad($"holds an encrypted key in {PrivateKeyKey}; store it without a passphrase");
        if (PemBlocks.Find(key, KeyLabels).FirstOrDefault() is not { } pem)
            return Bad($"holds no PEM private key in {PrivateKeyKey}");
        if (PublicKey(pem, out var rsaBits) is not { } publicKey)
            return Bad($"holds in {PrivateKeyKey} no valid RSA key, and no valid ECDSA key on P-256, P-384 or P-521");
        if (rsaBits is > 0 and < ShortestRsaKey)
            return Bad($"holds an RSA key of {rsaBits} bits; at least {ShortestRsaKey} are needed");
        var leaf = certificates.FindIndex(certificate => publicKey.AsSpan().SequenceEqual(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
        if (leaf < 0)
            return Bad($"holds a key in {PrivateKeyKey} that does not belong to a certificate in {CertificateKey}");
        var chain = CertificateChain.Order(certificates, leaf);
        string? remark = null;
        var staple = secret.Data.TryGetValue(OcspKey, out var der) ? OcspResponse.Read(der, chain, out remark) : null;
        var bare = new TlsCertificate { Name = secret.Key.ToString(), Chain = CertificateChain.Pem(chain), PrivateKey = new PrivateKey(pem) };
        return new ReadCertificate
        {
            Certificate = bare,
            Staple = staple,
            Stapled = staple is null ? null : bare with { OcspResponse = staple.Der },
            NotBefore = chain[0].NotBefore.ToUniversalTime(),
            NotAfter = chain[0].NotAfter.ToUniversalTime(),
            DnsNames = CertificateChain.DnsNames(chain[0]),
            Remark = remark is null ? null : $"{remark} in {OcspKey}; nothing is stapled",
        };
    }

    // PKCS#8, or the older form with a header (RFC 1421), which is no PEM of RFC 7468.
    private static bool IsEncrypted(byte[] key) =>
        key.AsSpan().IndexOf("-----BEGIN ENCRYPTED PRIVATE KEY-----"u8) >= 0 || key.AsSpan().IndexOf("Proc-Type: 4,ENCRYPTED"u8) >= 0;

    // SubjectPublicKeyInfo, or null when the key is broken or of another kind.
    private static byte[]? PublicKey(string pem, out int rsaBits)
    {
        rsaBits = 0;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            rsaBits = rsa.KeySize;
            return rsa.ExportSubjectPublicKeyInfo();
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // Not an RSA key: the label does not tell.
        }
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(pem);

            // TLS has no signatures for other curves that clients would take (RFC 8446 4.2.3).
            return Curves.Contains(ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value) ? ecdsa.ExportSubjectPublicKeyInfo() : null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static ReadCertificate Bad(string problem) => new() { Problem = problem };
}
