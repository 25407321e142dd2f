using Sluice.Configuration;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Certificates;

/// <summary>
/// What is known of a certificate without keeping it: read once, when a configuration brings it. OpenSSL's form of it, which is many
/// times as large, is made when a client first asks for it.
/// </summary>
internal sealed unsafe class CertificateFacts
{
    private CertificateFacts(TlsCertificate source, string? problem)
    {
        Source = source;
        Problem = problem;
    }

    public TlsCertificate Source { get; }

    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Problem { get; }

    public KeyKind Kind { get; private init; }

    public DateTimeOffset NotBefore { get; private init; }

    public DateTimeOffset NotAfter { get; private init; }

    /// <summary>dNSNames in lower case; the common name when there are none (RFC 6125 6.4.4).</summary>
    public string[] Names { get; private init; } = [];

    /// <param name="source">With its key.</param>
    /// <param name="trial">A context of a server, which is given the certificate to see whether OpenSSL takes it.</param>
    public static CertificateFacts Read(TlsCertificate source, nint trial)
    {
        try
        {
            using var pair = KeyPair.Read(source);
            pair.UseIn(trial);
            return new CertificateFacts(source, null)
            {
                Kind = KindOf(pair.Key),
                NotBefore = TimeOf(Crypto.X509_get0_notBefore(pair.Leaf)),
                NotAfter = TimeOf(Crypto.X509_get0_notAfter(pair.Leaf)),
                Names = CertificateNames.DnsNamesOf(pair.Leaf),
            };
        }
        catch (TlsMaterialException exception)
        {
            return new CertificateFacts(source, exception.Message);
        }
    }

    /// <summary>Whether it is not valid now: expired, or not valid yet.</summary>
    public bool IsExpired(DateTimeOffset now) => now < NotBefore || now > NotAfter;

    /// <summary>Whether it names this host: itself, or with a wildcard for its first label (RFC 6125 6.4.3).</summary>
    /// <param name="host">Lower case, without a dot at the end.</param>
    public bool IsFor(ReadOnlySpan<byte> host)
    {
        foreach (var name in Names)
        {
            if (CertificateNames.Matches(name, host))
                return true;
        }

        return false;
    }

    private static KeyKind KindOf(nint key) => Crypto.EVP_PKEY_get_base_id(key) switch
    {
        SslConstants.EVP_PKEY_RSA => KeyKind.Rsa,
        SslConstants.EVP_PKEY_ED25519 => KeyKind.Ed25519,
        SslConstants.EVP_PKEY_ED448 => KeyKind.Ed448,
        SslConstants.EVP_PKEY_EC => Crypto.EVP_PKEY_get_bits(key) switch
        {
            256 => KeyKind.EcdsaP256,
            384 => KeyKind.EcdsaP384,
            521 => KeyKind.EcdsaP521,
            _ => KeyKind.Other,
        },
        _ => KeyKind.Other,
    };

    private static DateTimeOffset TimeOf(nint time)
    {
        BrokenDownTime parts;
        return Crypto.ASN1_TIME_to_tm(time, &parts) == 1
            ? parts.ToUtc()
            : throw TlsMaterialException.WithReason("the certificate's validity cannot be read");
    }
}
