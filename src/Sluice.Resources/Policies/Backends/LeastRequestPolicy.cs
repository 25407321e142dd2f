namespace Sluice.Resources.Policies.Backends;

/// <summary>The endpoint with the fewest requests of some.</summary>
public sealed record LeastRequestPolicy
{
    /// <summary>How many are compared.</summary>
    public int ChoiceCount { get; init; } = 2;

    /// <summary>Null: a new one gets its whole share at once.</summary>
    public SlowStart? SlowStart { get; init; }
}
