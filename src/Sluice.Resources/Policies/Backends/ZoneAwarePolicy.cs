namespace Sluice.Resources.Policies.Backends;

/// <summary>Zones of endpoints count.</summary>
public sealed record ZoneAwarePolicy
{
    /// <summary>The proxy's own comes first.</summary>
    public ZonePreference? PreferLocal { get; init; }
}
