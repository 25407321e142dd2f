namespace Sluice.Resources.GatewayApi;

/// <summary>spec.validation of a BackendTLSPolicy: either CaCertificateRefs or WellKnownCaCertificates is given.</summary>
public sealed record BackendTlsPolicyValidation
{
    public IReadOnlyList<LocalObjectReference> CaCertificateRefs { get; init; } = [];

    /// <summary>"System" or a domain-prefixed name.</summary>
    public string? WellKnownCaCertificates { get; init; }

    /// <summary>The server name that is sent, and without <see cref="SubjectAltNames"/> what the certificate must be for.</summary>
    public required string Hostname { get; init; }

    public IReadOnlyList<SubjectAltName> SubjectAltNames { get; init; } = [];
}
