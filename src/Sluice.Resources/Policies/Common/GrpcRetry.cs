namespace Sluice.Resources.Policies.Common;

/// <summary>How often a call is tried again.</summary>
public sealed record GrpcRetry
{
    /// <summary>Tries after the first.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Pauses between them.</summary>
    public Backoff? Backoff { get; init; }
}
