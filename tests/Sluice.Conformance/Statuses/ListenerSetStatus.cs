namespace Sluice.Conformance.Statuses;

internal sealed record ListenerSetStatus(string Namespace, string Name, long Generation, IReadOnlyList<ConditionStatus> Conditions, IReadOnlyList<ListenerStatus> Listeners);
