namespace Sluice.Conformance.Statuses;

internal sealed record RouteStatus(string Kind, string Namespace, string Name, long Generation, IReadOnlyList<ParentStatus> Parents);
