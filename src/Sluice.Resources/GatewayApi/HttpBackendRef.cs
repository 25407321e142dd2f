namespace Sluice.Resources.GatewayApi;

public sealed record HttpBackendRef : BackendRef
{
    public IReadOnlyList<HttpRouteFilter> Filters { get; init; } = [];
}
