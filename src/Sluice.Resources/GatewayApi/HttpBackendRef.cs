namespace Sluice.Resources.GatewayApi;

public sealed record HttpBackendRef
{
    public string Group { get; init; } = "";

    public string Kind { get; init; } = "Service";

    public required string Name { get; init; }

    /// <summary>Null means the route's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Required for Services.</summary>
    public int? Port { get; init; }

    public int Weight { get; init; } = 1;

    public IReadOnlyList<HttpRouteFilter> Filters { get; init; } = [];
}
