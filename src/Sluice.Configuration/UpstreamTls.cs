namespace Sluice.Configuration;

/// <summary>
/// TLS with the endpoints of a <see cref="Cluster"/> (BackendTLSPolicy, GEP-1897; Gateway.spec.tls.backend, GEP-3155). The
/// certificate of an endpoint must lead to an authority that is trusted, and carry <see cref="SubjectAltNames"/> or
/// <see cref="Hostname"/>; otherwise the connection fails.
/// </summary>
public sealed record UpstreamTls
{
    /// <summary>The server name that is sent, and, without <see cref="SubjectAltNames"/>, what the certificate must be for.</summary>
    public required string Hostname { get; init; }

    /// <summary>If there are any, the certificate must carry one of them, and <see cref="Hostname"/> is only sent.</summary>
    public IReadOnlyList<SubjectAltName> SubjectAltNames { get; init; } = [];

    /// <summary>PEM texts of authorities, each with one or more certificates. Several may have the same subject.</summary>
    public IReadOnlyList<string> CaCertificates { get; init; } = [];

    /// <summary>Trusts what the system trusts, besides <see cref="CaCertificates"/>.</summary>
    public bool TrustSystem { get; init; }

    /// <summary>Shown to endpoints that ask for one.</summary>
    public TlsCertificate? ClientCertificate { get; init; }
}
