namespace Sluice.Resources.Policies.Backends;

/// <summary>Requests stay in their zone.</summary>
public sealed record ZonePreference
{
    /// <summary>Whatever the others hold.</summary>
    public ZoneForce? Force { get; init; }

    /// <summary>With this many endpoints in all.</summary>
    public int MinEndpointsThreshold { get; init; } = 6;

    /// <summary>Percent of the requests.</summary>
    public int RoutingEnabled { get; init; } = 100;
}
