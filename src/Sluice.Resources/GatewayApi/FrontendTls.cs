namespace Sluice.Resources.GatewayApi;

/// <summary>spec.tls.frontend of a Gateway (GEP-91).</summary>
public sealed record FrontendTls
{
    /// <summary>default.validation: of ports that <see cref="PerPort"/> does not name; null for none.</summary>
    public FrontendValidation? Default { get; init; }

    /// <summary>perPort: takes the place of the default; a null value asks nothing of the port's clients.</summary>
    public IReadOnlyDictionary<int, FrontendValidation?> PerPort { get; init; } = new Dictionary<int, FrontendValidation?>();
}
