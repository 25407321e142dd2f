namespace Sluice.Conformance.Statuses;

/// <summary>BoundPort is what is dialled for Port: they differ where ports below 1024 cannot be bound.</summary>
internal sealed record ListenerStatus(
    string Name,
    int Port,
    int BoundPort,
    int AttachedRoutes,
    IReadOnlyList<RouteKind> SupportedKinds,
    IReadOnlyList<ConditionStatus> Conditions);
