namespace Sluice.Conformance.Statuses;

/// <summary>
/// One of status.listeners. SupportedKinds must be among those found; an empty list demands that none is found. AttachedRoutes
/// is exact, Conditions are among those found.
/// </summary>
internal sealed record ListenerExpectation(string Name, int AttachedRoutes, IReadOnlyList<string> SupportedKinds, params IReadOnlyList<ConditionExpectation> Conditions);
