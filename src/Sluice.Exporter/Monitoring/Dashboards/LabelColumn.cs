namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>A column of a table that shows a label.</summary>
/// <param name="Label">Of the samples.</param>
/// <param name="Title">Of the column.</param>
/// <param name="Link">Where a click leads; null: nowhere.</param>
internal sealed record LabelColumn(string Label, string Title, DashboardLink? Link = null);
