using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Controller.Tests.Clustered;

internal static class TestCertificate
{
    public static (string Certificate, string Key) Pem(string name = "test.example")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
