namespace Sluice.Resources.GatewayApi;

/// <summary>What rules of HTTPRoute and GRPCRoute have in common: everything but their matches and limits of time.</summary>
public abstract record CommonRouteRule
{
    public string? Name { get; init; }

    public IReadOnlyList<HttpRouteFilter> Filters { get; init; } = [];

    public IReadOnlyList<HttpBackendRef> BackendRefs { get; init; } = [];

    public RouteSessionPersistence? SessionPersistence { get; init; }
}
