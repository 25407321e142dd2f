using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>An authority and what it signs.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset Until = DateTimeOffset.UtcNow.AddDays(30);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestCertificates(string name = "authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = request.CreateSelfSigned(From, Until);
    }

    private TestCertificates(TestCertificates parent, string name)
    {
        Authority = parent.Sign(name, _key, request => request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true))).CopyWithPrivateKey(_key);
    }

    public X509Certificate2 Authority { get; }

    public string AuthorityPem => Authority.ExportCertificatePem();

    /// <summary>An authority that this one has signed.</summary>
    public TestCertificates Intermediate(string name) => new(this, name);

    /// <summary>For 127.0.0.1 and localhost, or for one other name.</summary>
    public X509Certificate2 Server(string? dnsName = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Sign("server", key, request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(dnsName ?? "localhost");
            if (dnsName is null)
                names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        });
        return certificate.CopyWithPrivateKey(key);
    }

    public (string Certificate, string Key) Client(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Sign(name, key, _ => { });
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        Authority.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Sign(string name, ECDsa key, Action<CertificateRequest> extend)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        extend(request);
        return request.Create(Authority, From.AddHours(1), Until.AddHours(-1), RandomNumberGenerator.GetBytes(8));
    }
}
