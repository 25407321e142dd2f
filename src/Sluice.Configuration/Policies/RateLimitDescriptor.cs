namespace Sluice.Configuration.Policies;

/// <summary>What requests are counted under.</summary>
/// <param name="Entries">At least one, in the order of the service's configuration.</param>
public sealed record RateLimitDescriptor(IReadOnlyList<RateLimitEntry> Entries);
