namespace Sluice.Controller.RateLimits;

/// <summary>RateLimitRequest.</summary>
internal sealed record LimitQuestion(string Domain, IReadOnlyList<LimitDescriptor> Descriptors, long Hits);
