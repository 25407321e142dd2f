using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>Tries of a call.</summary>
public sealed record GrpcRetryBackoff
{
    /// <summary>Pauses between them.</summary>
    public Backoff? RetryBackOff { get; init; }

    /// <summary>Tries after the first.</summary>
    public int NumRetries { get; init; } = 1;
}
