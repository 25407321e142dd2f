namespace Sluice.Controller.Reports;

/// <summary>BoundPort differs from Port when a port offset is in force.</summary>
public sealed record ListenerReport(
    string Name,
    string Protocol,
    int Port,
    int BoundPort,
    string Hostname,
    int AttachedRoutes,
    IReadOnlyList<RouteKindReport> SupportedKinds,
    IReadOnlyList<ConditionReport> Conditions);
