namespace Sluice.Configuration;

/// <summary>All given predicates must hold (HTTPRouteMatch).</summary>
public sealed record RouteMatch
{
    /// <summary>What an HTTPRouteRule without matches means: PathPrefix "/".</summary>
    public static RouteMatch Default { get; } = new();

    public PathMatch Path { get; init; } = PathMatch.Root;

    /// <summary>Upper case, for example "GET"; null matches every method.</summary>
    public string? Method { get; init; }

    public IReadOnlyList<ValueMatch> Headers { get; init; } = [];

    /// <summary>Names and values are compared case sensitively; the first parameter of a name counts.</summary>
    public IReadOnlyList<ValueMatch> QueryParams { get; init; } = [];
}
