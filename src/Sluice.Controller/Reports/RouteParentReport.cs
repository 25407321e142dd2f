namespace Sluice.Controller.Reports;

public sealed record RouteParentReport(
    string Group,
    string Kind,
    string Namespace,
    string Name,
    string? SectionName,
    int? Port,
    string ControllerName,
    IReadOnlyList<ConditionReport> Conditions);
