namespace Sluice.Resources.Policies.Backends;

/// <summary>When requests stay in their zone whatever the others hold.</summary>
public sealed record ZoneForce
{
    /// <summary>With this many endpoints there.</summary>
    public int MinEndpointsInZoneThreshold { get; init; } = 1;
}
