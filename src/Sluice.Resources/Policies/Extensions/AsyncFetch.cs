namespace Sluice.Resources.Policies.Extensions;

/// <summary>Keys that are fetched before they are needed.</summary>
public sealed record AsyncFetch
{
    /// <summary>Whether listeners do not wait for them.</summary>
    public bool FastListener { get; init; }

    /// <summary>Pause after a failure.</summary>
    public TimeSpan FailedRefetchDuration { get; init; } = TimeSpan.FromSeconds(1);
}
