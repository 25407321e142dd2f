namespace Sluice.Controller.Reports;

/// <summary>BoundPort differs from Port when a port offset is in force. SupportedKinds are kinds without their group.</summary>
public sealed record ListenerReport(
    string Name,
    string Protocol,
    int Port,
    int BoundPort,
    string Hostname,
    int AttachedRoutes,
    IReadOnlyList<string> SupportedKinds,
    IReadOnlyList<ConditionReport> Conditions);
