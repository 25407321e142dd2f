namespace Sluice.Resources.Policies.Traffic;

/// <summary>What holds once an assignment has ended.</summary>
public sealed record ExpiredAssignment
{
    /// <summary>How long it holds.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What is done with requests.</summary>
    public string? Strategy { get; init; }
}
