namespace Sluice.Resources.GatewayApi;

/// <summary>Namespace null means the route's; SectionName and Port null mean all listeners.</summary>
public sealed record ParentReference(
    string Name,
    string? Namespace = null,
    string Group = GatewayApiGroup.Name,
    string Kind = "Gateway",
    string? SectionName = null,
    int? Port = null);
