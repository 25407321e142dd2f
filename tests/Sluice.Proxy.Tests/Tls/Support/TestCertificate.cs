using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>A certificate with its key and chain, in every form that tests need.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly AsymmetricAlgorithm _key;

    public TestCertificate(X509Certificate2 certificate, AsymmetricAlgorithm key, string chain)
    {
        _key = key;
        Chain = chain;
        using var withKey = key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
        Certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate { get; }

    public string Chain { get; }

    /// <summary>PKCS #8.</summary>
    public string KeyPem => _key.ExportPkcs8PrivateKeyPem() + "\n";

    public string EncryptedKeyPem =>
        _key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)) + "\n";

    public TlsCertificate ToConfiguration(string name = "test/certificate") =>
        new() { Name = name, Chain = Chain, PrivateKey = new PrivateKey(KeyPem) };

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
