namespace Sluice.Resources.Policies.Extensions;

/// <summary>The keys of a provider.</summary>
public sealed record JwksSource
{
    /// <summary>From the cluster.</summary>
    public LocalJwks? Local { get; init; }

    /// <summary>From a server.</summary>
    public RemoteJwks? Remote { get; init; }
}
