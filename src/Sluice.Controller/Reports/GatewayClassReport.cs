namespace Sluice.Controller.Reports;

/// <summary>Generation is the object's metadata.generation, which conditions are compared with.</summary>
public sealed record GatewayClassReport(
    string Name,
    long Generation,
    string? Source,
    IReadOnlyList<ConditionReport> Conditions,
    IReadOnlyList<string> SupportedFeatures);
