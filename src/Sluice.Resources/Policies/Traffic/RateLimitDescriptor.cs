namespace Sluice.Resources.Policies.Traffic;

/// <summary>What a request is counted under.</summary>
public sealed record RateLimitDescriptor
{
    /// <summary>In order.</summary>
    public IReadOnlyList<RateLimitEntry> Entries { get; init; } = [];
}
