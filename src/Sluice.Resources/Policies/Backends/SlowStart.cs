namespace Sluice.Resources.Policies.Backends;

/// <summary>New endpoints get their share bit by bit.</summary>
public sealed record SlowStart
{
    /// <summary>For how long.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>How fast: a number above 0, in quotes.</summary>
    public string? Aggression { get; init; }

    /// <summary>The least share.</summary>
    public int? MinWeightPercent { get; init; }
}
