namespace Sluice.Resources.Policies.Traffic;

/// <summary>Requests that are held up.</summary>
public sealed record FaultDelay
{
    /// <summary>For how long.</summary>
    public required TimeSpan FixedDelay { get; init; }

    /// <summary>Which share of them.</summary>
    public int Percentage { get; init; } = 100;
}
