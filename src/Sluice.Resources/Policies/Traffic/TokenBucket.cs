namespace Sluice.Resources.Policies.Traffic;

/// <summary>Every request takes a token.</summary>
public sealed record TokenBucket
{
    /// <summary>Tokens that it holds at most, and begins with.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Tokens that come at once.</summary>
    public int TokensPerFill { get; init; } = 1;

    /// <summary>How often they come: at least 50 ms.</summary>
    public required TimeSpan FillInterval { get; init; }
}
