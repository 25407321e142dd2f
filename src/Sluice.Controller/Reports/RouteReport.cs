namespace Sluice.Controller.Reports;

/// <summary>Source is "file:line" when the object was read from a file; Generation its metadata.generation.</summary>
public sealed record RouteReport(
    string Kind,
    string Namespace,
    string Name,
    long Generation,
    string? Source,
    IReadOnlyList<string> Hostnames,
    int Rules,
    IReadOnlyList<RouteParentReport> Parents);
