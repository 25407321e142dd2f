namespace Sluice.Resources.Policies.Backends;

/// <summary>One endpoint after the other.</summary>
public sealed record RoundRobinPolicy
{
    /// <summary>Null: a new one gets its whole share at once.</summary>
    public SlowStart? SlowStart { get; init; }
}
