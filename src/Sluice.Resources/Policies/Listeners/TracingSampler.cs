namespace Sluice.Resources.Policies.Listeners;

/// <summary>Which traces are kept.</summary>
public sealed record TracingSampler
{
    /// <summary>All.</summary>
    public bool IsAlwaysOn { get; init; }
}
