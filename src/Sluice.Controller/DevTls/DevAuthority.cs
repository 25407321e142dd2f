using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Controller.Standalone;

namespace Sluice.Controller.DevTls;

/// <summary>
/// The development authority of one user: it signs certificates for listeners that have none, and its own certificate is what
/// clients are told to trust. Made once and kept.
/// </summary>
internal sealed class DevAuthority : IDisposable
{
    /// <summary>How long a certificate lasts; browsers refuse more than 398 days.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private static readonly TimeSpan OwnLifetime = TimeSpan.FromDays(3650);

    /// <summary>An authority that ends sooner than this is replaced.</summary>
    private static readonly TimeSpan LastUse = TimeSpan.FromDays(60);

    /// <summary>Clients whose clock is behind.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _certificate;
    private readonly string _certificateFile;

    private DevAuthority(X509Certificate2 certificate, string certificateFile)
    {
        _certificate = certificate;
        _certificateFile = certificateFile;
    }

    /// <summary>The authority of whoever runs this process.</summary>
    /// <exception cref="StandaloneException">It can be neither read nor made, or others may read its key.</exception>
    public static DevAuthority OfUser(TimeProvider clock) => Load(DevTlsFolder.OfUser(), clock);

    /// <summary>Reads the authority; where there is none, or it is at its end, makes one.</summary>
    /// <exception cref="StandaloneException">It can be neither read nor made, or others may read its key.</exception>
    public static DevAuthority Load(DevTlsFolder folder, TimeProvider clock)
    {
        try
        {
            var now = clock.GetUtcNow();
            if (folder.Read() is { } kept)
            {
                var certificate = Parse(folder, kept);
                if (certificate.NotAfter > (now + LastUse).LocalDateTime)
                    return new DevAuthority(certificate, folder.CertificateFile);
                folder.Retire(certificate.NotAfter);
                certificate.Dispose();
            }
            var (text, key) = Make(now);
            if (folder.TryCreate(text, key))
                return new DevAuthority(X509Certificate2.CreateFromPem(text, key), folder.CertificateFile);
            return new DevAuthority(Parse(folder, folder.Read() ?? throw new IOException($"{folder.Path} has gone while it was read")), folder.CertificateFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StandaloneException($"--dev-tls: {error.Message}");
        }
    }

    /// <summary>A certificate for these names and addresses, with a key of its own (ECDSA, P-256).</summary>
    public DevCertificate Issue(WantedCertificate wanted, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName("O=Sluice development certificate"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        request.CertificateExtensions.Add(AlternativeNames(wanted));
        var end = now + Lifetime;
        if (end.LocalDateTime > _certificate.NotAfter)
            end = _certificate.NotAfter;
        using var certificate = request.Create(_certificate, now - ClockSkew, end, SerialNumber());
        return new DevCertificate(wanted, certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), end, _certificateFile);
    }

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 Parse(DevTlsFolder folder, (string Certificate, string Key) pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem.Certificate, pem.Key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            // The library's own message is left out: what it quotes could be of the key.
            throw new StandaloneException($"--dev-tls: {folder.CertificateFile} and {folder.KeyFile} are not a certificate and its key; remove {folder.Path} to have a new authority made");
        }
    }

    private static (string Certificate, string Key) Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // A name of its own for each, so that two of them in one trust store can be told apart.
        var name = $"Sluice development CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var request = new CertificateRequest(new X500DistinguishedName($"CN={name}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now - ClockSkew, now + OwnLifetime);
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static X509Extension AlternativeNames(WantedCertificate wanted)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in wanted.Names)
            names.AddDnsName(name);
        foreach (var address in wanted.Addresses)
            names.AddIpAddress(IPAddress.Parse(address));
        return names.Build();
    }

    /// <summary>Positive, at most 20 octets (RFC 5280 4.1.2.2).</summary>
    private static byte[] SerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(16);
        number[0] = (byte)((number[0] & 0x7F) | 0x40);
        return number;
    }
}
