namespace Sluice.Resources.Policies.Listeners;

/// <summary>Whether a detector is used.</summary>
public sealed record DetectorSwitch
{
    /// <summary>Whether it is.</summary>
    public bool Enable { get; init; }
}
