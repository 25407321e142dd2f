namespace Sluice.Resources.GatewayApi;

/// <summary>FrontendTLSValidation: how the certificates of clients are checked.</summary>
public sealed record FrontendValidation
{
    /// <summary>mode: AllowInsecureFallback instead of AllowValidOnly.</summary>
    public bool AllowsInsecureFallback { get; init; }

    public required IReadOnlyList<ObjectReference> CaCertificateRefs { get; init; }
}
