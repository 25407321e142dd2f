namespace Sluice.Controller.Reports;

/// <summary>Source is "file:line" when the object was read from a file; Generation its metadata.generation; Gateway the one it names.</summary>
public sealed record ListenerSetReport(
    string Namespace,
    string Name,
    long Generation,
    string? Source,
    string Gateway,
    IReadOnlyList<ConditionReport> Conditions,
    IReadOnlyList<ListenerReport> Listeners);
