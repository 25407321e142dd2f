namespace Sluice.Resources.GatewayApi;

/// <summary>Only the parents that are ours.</summary>
public sealed record RouteStatus(IReadOnlyList<RouteParentStatus> Parents);
