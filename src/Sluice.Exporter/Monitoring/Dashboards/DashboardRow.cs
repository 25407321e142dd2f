namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Panels below a heading, from left to right, and on the next line where there is no room.</summary>
internal sealed record DashboardRow(string Title, params IReadOnlyList<Panel> Panels);
