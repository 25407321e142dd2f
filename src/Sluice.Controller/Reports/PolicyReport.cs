namespace Sluice.Controller.Reports;

/// <summary>
/// A BackendTLSPolicy that a Gateway of ours is an ancestor of. Targets are "service" or "service/port"; Source is "file:line" when
/// the object was read from a file.
/// </summary>
public sealed record PolicyReport(
    string Kind,
    string Namespace,
    string Name,
    long Generation,
    string? Source,
    IReadOnlyList<string> Targets,
    IReadOnlyList<PolicyAncestorReport> Ancestors);
