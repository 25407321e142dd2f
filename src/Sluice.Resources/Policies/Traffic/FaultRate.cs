namespace Sluice.Resources.Policies.Traffic;

/// <summary>Responses that are slowed down.</summary>
public sealed record FaultRate
{
    /// <summary>To this rate, in kbit/s.</summary>
    public required int KbitsPerSecond { get; init; }

    /// <summary>Which share of them.</summary>
    public int Percentage { get; init; } = 100;
}
