namespace Sluice.Resources.Policies.Listeners;

/// <summary>A comparison with a number.</summary>
public sealed record StatusComparison
{
    /// <summary>How.</summary>
    public required string Op { get; init; }

    /// <summary>With what.</summary>
    public int? Value { get; init; }
}
