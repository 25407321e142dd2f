namespace Sluice.Conformance.Statuses;

internal sealed record ParentStatus(
    string? Group,
    string? Kind,
    string? Namespace,
    string Name,
    string? SectionName,
    int? Port,
    string ControllerName,
    IReadOnlyList<ConditionStatus> Conditions);
