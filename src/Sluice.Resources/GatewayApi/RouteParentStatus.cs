namespace Sluice.Resources.GatewayApi;

/// <summary>ParentRef as in the route, with namespace filled in.</summary>
public sealed record RouteParentStatus(ParentReference ParentRef, string ControllerName, IReadOnlyList<Condition> Conditions);
