using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>Whom a fetch over TLS trusts: what the settings of a cluster say, as connections of the data plane have it.</summary>
internal static class JwksServerTrust
{
    private const string SubjectAltNames = "2.5.29.17";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <exception cref="IOException">The client's certificate cannot be used.</exception>
    public static SslClientAuthenticationOptions Options(UpstreamTls tls)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = tls.Hostname,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, _) => certificate is X509Certificate2 shown && IsTrusted(shown, chain, tls),
        };
        if (tls.ClientCertificate is { } own)
            options.ClientCertificateContext = ClientCertificate(own);
        return options;
    }

    private static bool IsTrusted(X509Certificate2 certificate, X509Chain? sent, UpstreamTls tls) =>
        HasName(certificate, tls)
        && ((tls.TrustSystem && Leads(certificate, sent, X509ChainTrustMode.System, tls)) || (tls.CaCertificates.Count > 0 && Leads(certificate, sent, X509ChainTrustMode.CustomRootTrust, tls)));

    private static bool Leads(X509Certificate2 certificate, X509Chain? sent, X509ChainTrustMode mode, UpstreamTls tls)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = mode;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        if (mode == X509ChainTrustMode.CustomRootTrust)
        {
            foreach (string pem in tls.CaCertificates)
                chain.ChainPolicy.CustomTrustStore.ImportFromPem(pem);
        }
        return chain.Build(certificate);
    }

    private static bool HasName(X509Certificate2 certificate, UpstreamTls tls) => tls.SubjectAltNames.Count == 0
        ? certificate.MatchesHostname(tls.Hostname, allowWildcards: true, allowCommonName: false)
        : tls.SubjectAltNames.Any(name => name.Type == SubjectAltNameType.Uri
            ? Uris(certificate).Contains(name.Value, StringComparer.Ordinal)
            : certificate.MatchesHostname(name.Value, allowWildcards: true, allowCommonName: false));

    // RFC 5280 4.2.1.6: uniformResourceIdentifier [6] IA5String.
    private static List<string> Uris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        if (certificate.Extensions[SubjectAltNames] is not { } extension)
            return uris;
        var tag = new Asn1Tag(TagClass.ContextSpecific, 6);
        AsnReader names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(tag))
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            else
                names.ReadEncodedValue();
        }
        return uris;
    }

    private static SslStreamCertificateContext ClientCertificate(TlsCertificate own)
    {
        try
        {
            X509Certificate2 leaf = X509Certificate2.CreateFromPem(own.Chain, own.PrivateKey.Reveal());
            var rest = new X509Certificate2Collection();
            rest.ImportFromPem(own.Chain);
            return SslStreamCertificateContext.Create(leaf, rest, offline: true);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new IOException($"the client certificate {own.Name} cannot be used", exception);
        }
    }
}
