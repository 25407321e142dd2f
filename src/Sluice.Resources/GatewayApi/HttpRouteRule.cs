namespace Sluice.Resources.GatewayApi;

public sealed record HttpRouteRule
{
    public string? Name { get; init; }

    /// <summary>Never empty: without matches in the manifest, one PathPrefix "/".</summary>
    public IReadOnlyList<HttpRouteMatch> Matches { get; init; } = HttpRouteMatch.DefaultList;

    public IReadOnlyList<HttpRouteFilter> Filters { get; init; } = [];

    public IReadOnlyList<HttpBackendRef> BackendRefs { get; init; } = [];

    public HttpRouteTimeouts? Timeouts { get; init; }

    public HttpRouteRetry? Retry { get; init; }

    public RouteSessionPersistence? SessionPersistence { get; init; }
}
