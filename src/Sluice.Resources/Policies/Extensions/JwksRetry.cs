using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>How often fetching is tried again.</summary>
public sealed record JwksRetry
{
    /// <summary>Tries after the first.</summary>
    public int NumRetries { get; init; } = 1;

    /// <summary>Pauses between them.</summary>
    public Backoff? BackOff { get; init; }
}
