namespace Sluice.Translation;

/// <summary>
/// What the data plane said to a Gateway's configuration. Applied: every worker serves it, listeners with errors excepted.
/// Not applied: the configuration before stays in force.
/// </summary>
public sealed record ApplyOutcome(bool Applied, IReadOnlyList<ApplyFailure> Failures)
{
    public static ApplyOutcome Success { get; } = new(true, []);
}
