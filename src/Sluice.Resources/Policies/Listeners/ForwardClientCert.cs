namespace Sluice.Resources.Policies.Listeners;

/// <summary>What backends are told of certificates (XFCC).</summary>
public sealed record ForwardClientCert
{
    /// <summary>What becomes of the field.</summary>
    public string Mode { get; init; } = "Sanitize";

    /// <summary>What it holds.</summary>
    public ClientCertDetails? Details { get; init; }
}
