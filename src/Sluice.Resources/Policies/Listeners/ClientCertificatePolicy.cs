namespace Sluice.Resources.Policies.Listeners;

/// <summary>Asks clients for certificates.</summary>
public sealed record ClientCertificatePolicy
{
    /// <summary>Whether they must have one.</summary>
    public string Mode { get; init; } = "Require";

    /// <summary>Whose certificates are valid.</summary>
    public IReadOnlyList<ClientCertificateRef> CaCertificateRefs { get; init; } = [];
}
