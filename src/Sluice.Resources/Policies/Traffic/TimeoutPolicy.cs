namespace Sluice.Resources.Policies.Traffic;

/// <summary>Limits of time.</summary>
public sealed record TimeoutPolicy
{
    /// <summary>From the request's head to the end of the response; 0s for none.</summary>
    public TimeSpan? Request { get; init; }

    /// <summary>Without a byte in either direction; 0s for none.</summary>
    public TimeSpan? StreamIdle { get; init; }
}
