namespace Sluice.Resources.Policies.Foreign;

/// <summary>Requests in a time.</summary>
public sealed record RateLimitAmount
{
    /// <summary>How many.</summary>
    public required int Requests { get; init; }

    /// <summary>Second, Minute, Hour or Day.</summary>
    public required string Unit { get; init; }
}
