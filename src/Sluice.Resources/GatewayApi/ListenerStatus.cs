namespace Sluice.Resources.GatewayApi;

public sealed record ListenerStatus(
    string Name,
    IReadOnlyList<RouteGroupKind> SupportedKinds,
    int AttachedRoutes,
    IReadOnlyList<Condition> Conditions);
