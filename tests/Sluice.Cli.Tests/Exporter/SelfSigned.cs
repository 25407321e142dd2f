using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Tests.Exporter;

/// <summary>A certificate for localhost that nobody else has signed.</summary>
internal static class SelfSigned
{
    /// <summary>As PEM.</summary>
    public static (string Certificate, string Key) Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
