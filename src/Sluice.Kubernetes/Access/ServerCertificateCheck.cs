using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Kubernetes.Access;

/// <summary>
/// Decides whether a server is the one that is meant. A certificate of the anchors ends the chain wherever it stands in it, so an
/// intermediate authority, or the server's own certificate, may be an anchor too: kubectl takes both.
/// </summary>
internal sealed class ServerCertificateCheck(ClusterAccess access)
{
    private volatile string? _problem;

    /// <summary>Why the last certificate was refused, for people.</summary>
    public string? Problem => _problem;

    public bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _problem = access.InsecureSkipTlsVerify ? null : Find(certificate, chain, errors);
        return _problem is null;
    }

    private string? Find(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "the server showed no certificate";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"the server's certificate is not for {access.TlsServerName ?? access.Server.IdnHost} ({leaf.Subject}): tls-server-name says what name is expected";
        if (access.TrustAnchors is not { } anchors)
            return errors == SslPolicyErrors.None ? null : $"the server's certificate ({leaf.Subject}) is signed by no authority that this system trusts: certificate-authority-data names another";
        return Verify(leaf, chain, anchors.Current);
    }

    private static string? Verify(X509Certificate2 leaf, X509Chain? received, X509Certificate2Collection anchors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        foreach (var element in received?.ChainElements.Skip(1) ?? [])
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        chain.ChainPolicy.ExtraStore.AddRange(received?.ChainPolicy.ExtraStore ?? []);
        if (!chain.Build(leaf))
            return $"the server's certificate ({leaf.Subject}) is not valid: {string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation.Trim()).Distinct())}";
        return chain.ChainElements.Any(element => anchors.Any(anchor => anchor.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)))
            ? null
            : $"the server's certificate ({leaf.Subject}, issued by {leaf.Issuer}) is not signed by the certificate authority that the access names";
    }
}
