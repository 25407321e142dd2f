namespace Sluice.Resources.Policies.Backends;

/// <summary>Connections begin with a PROXY protocol header.</summary>
public sealed record UpstreamProxyProtocol
{
    /// <summary>Its version.</summary>
    public string Version { get; init; } = "V1";
}
