namespace Sluice.Conformance.Statuses;

internal sealed record AncestorStatus(
    string? Group,
    string? Kind,
    string? Namespace,
    string Name,
    string ControllerName,
    IReadOnlyList<ConditionStatus> Conditions);
