using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;

namespace Sluice.Controller.Streaming;

/// <summary>One authority: its certificate, and the key that it signs with (ECDSA, P-256).</summary>
internal sealed class AuthorityKey
{
    /// <summary>Clocks that are behind.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    private AuthorityKey(string certificatePem, string keyPem, X509Certificate2 certificate)
    {
        CertificatePem = certificatePem;
        KeyPem = keyPem;
        NotBefore = certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
    }

    public string CertificatePem { get; }

    public string KeyPem { get; }

    /// <summary>An hour before it was made.</summary>
    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt => NotBefore + ClockSkew;

    public static AuthorityKey Make(DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // A name of its own for each: two of them are trusted at the same time.
        var name = $"CN=Sluice configuration stream {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var request = new CertificateRequest(new X500DistinguishedName(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now - ClockSkew, now + lifetime);
        return new AuthorityKey(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", certificate);
    }

    /// <exception cref="CryptographicException">It is no certificate with its key.</exception>
    public static AuthorityKey Read(string certificatePem, string keyPem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            return new AuthorityKey(certificatePem, keyPem, certificate);
        }
        catch (ArgumentException)
        {
            // The library's own message could quote the key.
            throw new CryptographicException("it is no PEM certificate with its private key");
        }
    }

    /// <summary>A certificate for servers with these DNS names and IP addresses, with a key of its own.</summary>
    public (TlsCertificate Certificate, DateTimeOffset NotAfter) Issue(IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime)
    {
        using var authority = X509Certificate2.CreateFromPem(CertificatePem, KeyPem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("CN=Sluice controller"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        var end = now + lifetime < NotAfter ? now + lifetime : NotAfter;
        var start = now - ClockSkew > NotBefore ? now - ClockSkew : NotBefore;
        using var certificate = request.Create(authority, start, end, SerialNumber());
        return (
            new TlsCertificate
            {
                Name = "configuration stream",
                Chain = certificate.ExportCertificatePem() + "\n",
                PrivateKey = new PrivateKey(key.ExportPkcs8PrivateKeyPem() + "\n"),
            },
            end);
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                builder.AddIpAddress(address);
            else
                builder.AddDnsName(name);
        }

        return builder.Build();
    }

    /// <summary>Positive, at most 20 octets (RFC 5280 4.1.2.2).</summary>
    private static byte[] SerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(16);
        number[0] = (byte)((number[0] & 0x7F) | 0x40);
        return number;
    }
}
