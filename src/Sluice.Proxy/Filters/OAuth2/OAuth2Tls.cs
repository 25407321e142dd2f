using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>How the certificate of a provider is verified.</summary>
internal static class OAuth2Tls
{
    /// <param name="url">What is asked.</param>
    /// <param name="tls">Of the cluster; null: the system's authorities, and the URL's host.</param>
    public static SslClientAuthenticationOptions Options(Uri url, UpstreamTls? tls)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = tls?.Hostname ?? url.IdnHost };
        if (tls is null)
            return options;
        if (tls.CaCertificates.Count > 0)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            foreach (string pem in tls.CaCertificates)
                policy.CustomTrustStore.ImportFromPem(pem);
            if (tls.TrustSystem)
                AddSystem(policy.CustomTrustStore);
            options.CertificateChainPolicy = policy;
        }
        else if (!tls.TrustSystem)
        {
            // Nobody is trusted.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => false;
            return options;
        }
        if (tls.SubjectAltNames.Count > 0)
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) => Accepts(tls.SubjectAltNames, certificate, errors);
        if (tls.ClientCertificate is { } own)
            options.ClientCertificateContext = Own(own);
        return options;
    }

    private static void AddSystem(X509Certificate2Collection authorities)
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        authorities.AddRange(store.Certificates);
    }

    /// <summary>The names count instead of the host that is sent; everything else must be right. Names that are URIs are not looked at: they accept nothing.</summary>
    private static bool Accepts(IReadOnlyList<SubjectAltName> names, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) != SslPolicyErrors.None || certificate is not X509Certificate2 shown)
            return false;
        return names.Any(name => name.Type == SubjectAltNameType.Hostname && shown.MatchesHostname(name.Value, allowCommonName: false));
    }

    private static SslStreamCertificateContext Own(TlsCertificate certificate)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.Chain);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate.Chain, certificate.PrivateKey.Reveal()), chain, offline: true);
    }
}
