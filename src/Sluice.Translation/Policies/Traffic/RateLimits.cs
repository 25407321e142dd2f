using Sluice.Configuration.Policies;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>The limits of one policy.</summary>
/// <param name="Local">Its bucket is named where the policy is attached; null: none.</param>
/// <param name="Global">Null: none.</param>
internal sealed record RateLimits(LocalRateLimitPolicy? Local, GlobalRateLimitPolicy? Global = null);
