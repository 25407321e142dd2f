namespace Sluice.Resources.GatewayApi;

/// <summary>spec.tls of a Gateway.</summary>
public sealed record GatewayTls
{
    /// <summary>frontend: how clients are validated; null when nothing is said.</summary>
    public FrontendTls? Frontend { get; init; }

    /// <summary>backend.clientCertificateRef: what the Gateway shows to backends that ask for a certificate.</summary>
    public SecretObjectReference? ClientCertificateRef { get; init; }
}
