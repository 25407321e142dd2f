namespace Sluice.Resources.GatewayApi;

/// <summary>A backend with its share.</summary>
public record BackendRef : BackendObjectReference
{
    public int Weight { get; init; } = 1;
}
