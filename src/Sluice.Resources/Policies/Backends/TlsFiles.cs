namespace Sluice.Resources.Policies.Backends;

/// <summary>Certificates in files of the proxy.</summary>
public sealed record TlsFiles
{
    /// <summary>The client's certificate.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Authorities.</summary>
    public string? RootCa { get; init; }
}
