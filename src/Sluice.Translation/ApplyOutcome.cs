namespace Sluice.Translation;

/// <summary>
/// What the data plane said to a Gateway's configuration. Applied: every worker serves it, listeners with errors excepted.
/// Not applied: the configuration before stays in force.
/// </summary>
public sealed record ApplyOutcome(bool Applied, IReadOnlyList<ApplyFailure> Failures)
{
    /// <summary>Parts of rules that the data plane cannot serve as written: what they concern, and what happens instead.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static ApplyOutcome Success { get; } = new(true, []);
}
