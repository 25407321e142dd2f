namespace Sluice.Controller.Reports;

public sealed record GatewayClassReport(string Name, string? Source, IReadOnlyList<ConditionReport> Conditions, IReadOnlyList<string> SupportedFeatures);
