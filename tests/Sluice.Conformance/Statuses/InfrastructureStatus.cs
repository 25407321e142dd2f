namespace Sluice.Conformance.Statuses;

/// <summary>An object that stands for a Gateway's infrastructure.</summary>
internal sealed record InfrastructureStatus(
    string Kind,
    string Namespace,
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations);
