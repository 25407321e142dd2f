namespace Sluice.Configuration;

/// <summary>One backendRef of a rule.</summary>
public sealed record WeightedBackend
{
    /// <summary>Name of a <see cref="Configuration.Cluster"/>, or null for a backendRef that does not resolve: its share is answered with 500.</summary>
    public required string? Cluster { get; init; }

    /// <summary>Share of the requests, relative to the sum over the rule; 0 gets none.</summary>
    public required int Weight { get; init; }

    /// <summary>Applied after the rule's own edits.</summary>
    public IReadOnlyList<HeaderModifier> RequestHeaders { get; init; } = [];

    /// <summary>Applied after the rule's own edits.</summary>
    public IReadOnlyList<HeaderModifier> ResponseHeaders { get; init; } = [];

    /// <summary>Takes the place of the rule's rewrite.</summary>
    public UrlRewrite? UrlRewrite { get; init; }

    /// <summary>Besides the rule's own.</summary>
    public IReadOnlyList<RequestMirror> Mirrors { get; init; } = [];

    /// <summary>When a filter of the backendRef answers itself (RequestRedirect, DirectResponse): used instead of <see cref="Cluster"/>.</summary>
    public RouteAction? Answer { get; init; }
}
