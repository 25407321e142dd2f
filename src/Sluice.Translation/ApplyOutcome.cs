namespace Sluice.Translation;

/// <summary>
/// What the data plane said to a Gateway's configuration. Applied: every worker serves it, listeners with errors excepted.
/// Not applied: the configuration before stays in force.
/// </summary>
public sealed record ApplyOutcome(bool Applied, IReadOnlyList<ApplyFailure> Failures)
{
    /// <summary>Parts of rules that the data plane cannot serve as written: what they concern, and what happens instead.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>No data plane has said anything yet: what is Pending stays so.</summary>
    public bool IsPending { get; init; }

    /// <summary>The data plane was given another configuration, and has not said anything to that yet: what it said before is its last word.</summary>
    public bool IsDeciding { get; init; }

    /// <summary>
    /// The controller has only just started, and the proxies that may be serving have not come back yet: what the cluster says of
    /// them is not to be made worse.
    /// </summary>
    public bool IsAwaited { get; init; }

    public static ApplyOutcome Awaited { get; } = new(false, []) { IsPending = true, IsDeciding = true, IsAwaited = true };

    public static ApplyOutcome Deciding { get; } = new(false, []) { IsPending = true, IsDeciding = true };

    public static ApplyOutcome Pending { get; } = new(false, []) { IsPending = true };

    public static ApplyOutcome Success { get; } = new(true, []);
}
