namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>Rules that belong together.</summary>
public sealed record AlertGroup(string Name, params IReadOnlyList<AlertRule> Rules);
