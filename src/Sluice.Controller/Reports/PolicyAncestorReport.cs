namespace Sluice.Controller.Reports;

public sealed record PolicyAncestorReport(
    string Group,
    string Kind,
    string Namespace,
    string Name,
    string ControllerName,
    IReadOnlyList<ConditionReport> Conditions);
