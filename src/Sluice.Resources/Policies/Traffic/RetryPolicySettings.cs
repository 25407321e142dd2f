namespace Sluice.Resources.Policies.Traffic;

/// <summary>When a request is sent again.</summary>
public sealed record RetryPolicySettings
{
    /// <summary>What is tried again.</summary>
    public IReadOnlyList<string> RetryOn { get; init; } = [];

    /// <summary>Tries after the first.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long each may take.</summary>
    public TimeSpan? PerTryTimeout { get; init; }

    /// <summary>For retriable-status-codes.</summary>
    public IReadOnlyList<int> StatusCodes { get; init; } = [];

    /// <summary>The first pause; doubles, at most tenfold.</summary>
    public TimeSpan BackoffBaseInterval { get; init; } = TimeSpan.FromMilliseconds(25);
}
