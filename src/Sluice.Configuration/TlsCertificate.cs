namespace Sluice.Configuration;

/// <summary>A certificate with its key. Another certificate is another instance, which the data plane uses to keep what it built.</summary>
public sealed record TlsCertificate
{
    /// <summary>Where it comes from, for messages and metrics: "namespace/secret".</summary>
    public required string Name { get; init; }

    /// <summary>PEM: the certificate itself, then those that lead to its authority.</summary>
    public required string Chain { get; init; }

    public required PrivateKey PrivateKey { get; init; }

    /// <summary>A DER OCSPResponse (RFC 6960) to staple, or null.</summary>
    public byte[]? OcspResponse { get; init; }
}
