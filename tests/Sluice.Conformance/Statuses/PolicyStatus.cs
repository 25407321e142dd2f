namespace Sluice.Conformance.Statuses;

/// <summary>A policy's status has a list of conditions for each ancestor, which is a Gateway.</summary>
internal sealed record PolicyStatus(string Kind, string Namespace, string Name, long Generation, IReadOnlyList<AncestorStatus> Ancestors);
