namespace Sluice.Resources.Policies.Backends;

/// <summary>The host that the request names.</summary>
public sealed record DynamicForwardProxyBackend
{
    /// <summary>Whether over TLS.</summary>
    public bool EnableTls { get; init; }
}
