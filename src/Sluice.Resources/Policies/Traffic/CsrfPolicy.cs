using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>Refuses changing requests that come from other sites.</summary>
public sealed record CsrfPolicy
{
    /// <summary>Share of the requests that are refused.</summary>
    public int? PercentageEnabled { get; init; }

    /// <summary>Share of the requests that are only counted.</summary>
    public int? PercentageShadowed { get; init; }

    /// <summary>Hosts that are allowed beside the request's own.</summary>
    public IReadOnlyList<StringMatcher> AdditionalOrigins { get; init; } = [];
}
