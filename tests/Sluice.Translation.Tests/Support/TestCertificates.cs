using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Resources.Core;

namespace Sluice.Translation.Tests.Support;

/// <summary>Certificates made for a test, with Secrets and ConfigMaps that hold them.</summary>
internal static class TestCertificates
{
    public static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = new(2035, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<(X509Certificate2 Certificate, ECDsa Key)> Root = new(() => Authority("Root", null));
    private static readonly Lazy<(X509Certificate2 Certificate, ECDsa Key)> Intermediate = new(() => Authority("Intermediate", Root.Value));

    /// <summary>PEM of the certificate and of the key of a server; the certificate alone, without its chain.</summary>
    public static (string Certificate, string Key) Leaf(string name = "www.example.com", DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var (issuer, issuerKey) = Intermediate.Value;
        using var certificate = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), start ?? Start, end ?? End, RandomNumberGenerator.GetBytes(8));
        return (Pem(certificate), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A server's certificate with an RSA key.</summary>
    public static (string Certificate, string Key) RsaLeaf(int bits = 2048)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=rsa.example.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Start, End);
        return (Pem(certificate), key.ExportRSAPrivateKeyPem());
    }

    public static string IntermediatePem => Pem(Intermediate.Value.Certificate);

    public static string RootPem => Pem(Root.Value.Certificate);

    public static Secret Secret(string name, string space = Build.Space, DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        var (certificate, key) = Leaf(start: start, end: end);
        return Secret(name, certificate, key, space);
    }

    public static Secret Secret(string name, string certificate, string key, string space = Build.Space) => new()
    {
        Metadata = Build.Meta(name, space),
        Type = "kubernetes.io/tls",
        Data = new Dictionary<string, byte[]> { ["tls.crt"] = Encoding.UTF8.GetBytes(certificate), ["tls.key"] = Encoding.UTF8.GetBytes(key) },
    };

    public static ConfigMap Authorities(string name, string? pem = null, string space = Build.Space) => new()
    {
        Metadata = Build.Meta(name, space),
        Data = new Dictionary<string, string> { ["ca.crt"] = pem ?? RootPem },
    };

    private static (X509Certificate2 Certificate, ECDsa Key) Authority(string name, (X509Certificate2 Certificate, ECDsa Key)? issuer)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (issuer is not { } from)
            return (request.CreateSelfSigned(Start, End), key);
        return (request.Create(from.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(from.Key), Start, End, RandomNumberGenerator.GetBytes(8)), key);
    }

    private static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";
}
