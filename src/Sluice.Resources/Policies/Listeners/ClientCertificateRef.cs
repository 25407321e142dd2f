namespace Sluice.Resources.Policies.Listeners;

/// <summary>Where CA certificates are.</summary>
public sealed record ClientCertificateRef
{
    /// <summary>The API group; empty for core.</summary>
    public string Group { get; init; } = "";

    /// <summary>Secret or ConfigMap.</summary>
    public string Kind { get; init; } = "Secret";

    /// <summary>The object's name; ca.crt holds the certificates.</summary>
    public required string Name { get; init; }

    /// <summary>Null means the policy's.</summary>
    public string? Namespace { get; init; }
}
