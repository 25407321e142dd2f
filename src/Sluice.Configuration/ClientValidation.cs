namespace Sluice.Configuration;

/// <summary>What is asked of the certificates of clients (Gateway.spec.tls.frontend, GEP-91).</summary>
public sealed record ClientValidation
{
    public required ClientValidationMode Mode { get; init; }

    /// <summary>PEM texts, each with one or more certificates. Several may have the same subject: each is tried.</summary>
    public required IReadOnlyList<string> CaCertificates { get; init; }
}
