namespace Sluice.Configuration.Policies;

/// <summary>
/// Refuses requests of other sites' pages (TrafficPolicy.spec.csrf; Envoy's filter): POST, PUT, PATCH and DELETE need an Origin, or
/// else a Referer, whose host is the request's or one of <see cref="AdditionalOrigins"/>.
/// </summary>
public sealed record CsrfPolicy
{
    /// <summary>Share of the requests that are refused when they fail, 0 to 100. Default 100.</summary>
    public int PercentageEnabled { get; init; } = 100;

    /// <summary>Share of the others that are only noted when they fail, 0 to 100. Default 0.</summary>
    public int PercentageShadowed { get; init; }

    /// <summary>Compared with the origin's host, and its port if it is not the scheme's own.</summary>
    public IReadOnlyList<StringMatch> AdditionalOrigins { get; init; } = [];
}
