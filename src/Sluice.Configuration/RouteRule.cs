using Sluice.Configuration.Policies;

namespace Sluice.Configuration;

/// <summary>What happens to a request that a rule matched.</summary>
public sealed record RouteRule
{
    /// <summary>The route, as "HTTPRoute/namespace/name" or "GRPCRoute/namespace/name".</summary>
    public required string Route { get; init; }

    /// <summary>Index of the rule in the route's spec.rules.</summary>
    public required int Index { get; init; }

    /// <summary>spec.rules[].name, if given.</summary>
    public string? Name { get; init; }

    /// <summary>The rule is a GRPCRoute's: requests of gRPC-Web are translated for its backends.</summary>
    public bool IsGrpc { get; init; }

    public required RouteAction Action { get; init; }

    /// <summary>Edits of the request that every backend gets. Empty for redirects and direct responses.</summary>
    public IReadOnlyList<HeaderModifier> RequestHeaders { get; init; } = [];

    /// <summary>Edits of the final response, whoever made it.</summary>
    public IReadOnlyList<HeaderModifier> ResponseHeaders { get; init; } = [];

    public UrlRewrite? UrlRewrite { get; init; }

    public RouteTimeouts? Timeouts { get; init; }

    public RetryPolicy? Retry { get; init; }

    /// <summary>Null: redirects of backends are passed on.</summary>
    public InternalRedirectPolicy? InternalRedirect { get; init; }

    /// <summary>Copies of the requests, each drawn for itself.</summary>
    public IReadOnlyList<RequestMirror> Mirrors { get; init; } = [];

    public CorsPolicy? Cors { get; init; }

    public SessionPersistence? SessionPersistence { get; init; }

    /// <summary>What is asked of requests before they are forwarded. Null: nothing.</summary>
    public RequestPolicies? Policies { get; init; }
}
