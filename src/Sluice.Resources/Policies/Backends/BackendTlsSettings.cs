namespace Sluice.Resources.Policies.Backends;

/// <summary>TLS with endpoints.</summary>
public sealed record BackendTlsSettings
{
    /// <summary>A Secret with tls.crt and tls.key to be shown, and ca.crt to trust.</summary>
    public LocalSecretReference? SecretRef { get; init; }

    /// <summary>The same from files.</summary>
    public TlsFiles? Files { get; init; }

    /// <summary>What the system trusts.</summary>
    public string? WellKnownCaCertificates { get; init; }

    /// <summary>Whether certificates are not checked at all.</summary>
    public bool InsecureSkipVerify { get; init; }

    /// <summary>The server name that is sent.</summary>
    public string? Sni { get; init; }

    /// <summary>Names of which the certificate must have one.</summary>
    public IReadOnlyList<string> VerifySubjectAltNames { get; init; } = [];

    /// <summary>What TLS may be like.</summary>
    public TlsParameters? Parameters { get; init; }

    /// <summary>What is offered to speak; h2 and http/1.1.</summary>
    public IReadOnlyList<string> AlpnProtocols { get; init; } = [];

    /// <summary>Whether endpoints may renegotiate.</summary>
    public bool AllowRenegotiation { get; init; }

    /// <summary>Whether no certificate is shown, though the Secret has one.</summary>
    public bool SimpleTls { get; init; }
}
