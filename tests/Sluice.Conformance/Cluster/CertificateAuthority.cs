using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Conformance.Cluster;

/// <summary>
/// Signs certificates as the suite's do: RSA 2048, a year. All authorities have the same name and serial number, so that nobody
/// can find one by its name alone.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const int KeyBits = 2048;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly X500DistinguishedName Name = new("CN=Gateway API conformance, O=Kubernetes");
    private static readonly byte[] SerialNumber = [0x07, 0xe8]; // 2024
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    private readonly RSA _key = RSA.Create(KeyBits);

    public CertificateAuthority()
    {
        var request = new CertificateRequest(Name, _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        Certificate = Sign(request, _key, SerialNumber);
    }

    /// <summary>PEM.</summary>
    public string Certificate { get; }

    /// <summary>PEM, "RSA PRIVATE KEY".</summary>
    public string Key => _key.ExportRSAPrivateKeyPem();

    /// <summary>A server's certificate for the names; those that begin with a scheme, and "*", are URIs.</summary>
    public (string Certificate, string Key) SignServer(params IReadOnlyList<string> names) => Sign(_key, ServerAuthentication, names);

    /// <summary>A client's certificate, which has no name but "default".</summary>
    public (string Certificate, string Key) SignClient() => Sign(_key, ClientAuthentication, []);

    /// <summary>A server's certificate that is its own authority.</summary>
    public static (string Certificate, string Key) SelfSigned(params IReadOnlyList<string> names) => Sign(null, ServerAuthentication, names);

    public void Dispose() => _key.Dispose();

    private static (string Certificate, string Key) Sign(RSA? authority, string usage, IReadOnlyList<string> names)
    {
        using var key = RSA.Create(KeyBits);
        var subject = authority is null ? Name : new X500DistinguishedName("CN=default");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (names.Count > 0)
            request.CertificateExtensions.Add(new X509Extension(SubjectAlternativeName, Names(names), critical: false));
        return (Sign(request, authority ?? key, RandomNumberGenerator.GetBytes(8)), key.ExportRSAPrivateKeyPem());
    }

    private static string Sign(CertificateRequest request, RSA authority, byte[] serialNumber)
    {
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(Name, X509SignatureGenerator.CreateForRSA(authority, RSASignaturePadding.Pkcs1), now.AddMinutes(-5), now.AddYears(1), serialNumber);
        return certificate.ExportCertificatePem();
    }

    /// <summary>Written by hand, because "*" is no DNS name to the platform and no URI either.</summary>
    private static byte[] Names(IReadOnlyList<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in names)
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, name == "*" || name.Contains("://", StringComparison.Ordinal) ? UriName : DnsName);
        }
        return writer.Encode();
    }
}
