namespace Sluice.Resources.GatewayApi;

/// <summary>Names a backend: where requests or copies of them go.</summary>
public record BackendObjectReference
{
    public string Group { get; init; } = "";

    public string Kind { get; init; } = "Service";

    public required string Name { get; init; }

    /// <summary>Null means the route's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Required for Services.</summary>
    public int? Port { get; init; }
}
