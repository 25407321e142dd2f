namespace Sluice.Resources.GatewayApi;

public sealed record HttpBackendRef : BackendObjectReference
{
    public int Weight { get; init; } = 1;

    public IReadOnlyList<HttpRouteFilter> Filters { get; init; } = [];
}
