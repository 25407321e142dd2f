using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>An authority made for one test, and the certificates that it issues.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TestAuthority? _parent;

    /// <param name="name">Distinguished name. Several authorities may have the same, and always have the same serial number.</param>
    /// <param name="parent">Null for a root.</param>
    public TestAuthority(string name = "CN=Test Authority", TestAuthority? parent = null)
    {
        _parent = parent;
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        Certificate = parent is null
            ? request.Create(new X500DistinguishedName(name), X509SignatureGenerator.CreateForECDsa(_key), Past, Future, [0x20, 0x24])
            : parent.Sign(request, Past, Future);
    }

    public static DateTimeOffset Past => DateTimeOffset.UtcNow.AddDays(-1);

    public static DateTimeOffset Future => DateTimeOffset.UtcNow.AddDays(30);

    public X509Certificate2 Certificate { get; }

    public string Pem => Certificate.ExportCertificatePem() + "\n";

    /// <summary>A certificate for servers with these DNS names.</summary>
    public TestCertificate Issue(params string[] names) => Issue(new CertificateWish { Names = names });

    /// <summary>A certificate for clients, without any alternative name unless the wish has some.</summary>
    public TestCertificate IssueClient(string subject = "CN=default", CertificateWish? wish = null) =>
        Issue((wish ?? new CertificateWish()) with { Subject = subject, IsClient = true });

    public TestCertificate Issue(CertificateWish wish)
    {
        AsymmetricAlgorithm key = wish.RsaBits > 0 ? RSA.Create(wish.RsaBits) : ECDsa.Create(wish.Curve);
        var subject = wish.Subject ?? $"CN={(wish.Names.Count > 0 ? wish.Names[0] : "nobody")}";
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(wish.IsClient ? ClientUse : ServerUse)], false));
        if (wish.Names.Count + wish.Uris.Count > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var name in wish.Names)
                names.AddDnsName(name);
            foreach (var uri in wish.Uris)
                names.AddUri(new Uri(uri));
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = Sign(request, wish.NotBefore ?? Past, wish.NotAfter ?? Future);
        var chain = issued.ExportCertificatePem() + "\n";
        for (var authority = this; authority._parent is not null; authority = authority._parent)
            chain += authority.Pem;
        return new TestCertificate(issued, key, chain);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset from, DateTimeOffset to) =>
        request.Create(new X500DistinguishedName(Certificate.SubjectName), X509SignatureGenerator.CreateForECDsa(_key), from, to, RandomNumberGenerator.GetBytes(12));
}
