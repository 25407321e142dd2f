namespace Sluice.Resources.Policies.Listeners;

/// <summary>Protocols that requests may change to.</summary>
public sealed record UpgradeSettings
{
    /// <summary>"websocket", "CONNECT" and such.</summary>
    public IReadOnlyList<string> EnabledUpgrades { get; init; } = [];
}
