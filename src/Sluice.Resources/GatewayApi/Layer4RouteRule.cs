namespace Sluice.Resources.GatewayApi;

/// <summary>spec.rules[0] of a TLSRoute, TCPRoute or UDPRoute.</summary>
public sealed record Layer4RouteRule
{
    public string? Name { get; init; }

    /// <summary>Never empty.</summary>
    public required IReadOnlyList<BackendRef> BackendRefs { get; init; }
}
