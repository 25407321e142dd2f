namespace Sluice.Conformance.Statuses;

internal sealed record RouteKind(string? Group, string Kind);
