namespace Sluice.Controller.Reports;

/// <summary>An object that stands for a Gateway in a cluster. Without a cluster it is told here and written nowhere.</summary>
public sealed record InfrastructureReport(
    string Kind,
    string Namespace,
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyDictionary<string, string> Annotations,
    IReadOnlyList<InfrastructurePortReport> Ports);
