namespace Sluice.Resources.Policies.Traffic;

/// <summary>How much of a request's body a service is shown.</summary>
public sealed record BodyBuffer
{
    /// <summary>Bytes that are read at most.</summary>
    public required int MaxRequestBytes { get; init; }

    /// <summary>Whether a longer body is shown in part, instead of being refused with 413.</summary>
    public bool AllowPartialMessage { get; init; }

    /// <summary>Whether it is sent as bytes instead of UTF-8.</summary>
    public bool PackAsBytes { get; init; }
}
