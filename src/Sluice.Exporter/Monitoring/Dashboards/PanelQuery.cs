namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>A query of a panel.</summary>
/// <param name="Expression">PromQL, with the dashboard's variables.</param>
/// <param name="Name">Of the line in a graph, where {{label}} stands for a label's value; of the value's column in a table.</param>
/// <param name="Format">Of the value's column in a table.</param>
internal sealed record PanelQuery(string Expression, string Name = "", ColumnFormat Format = ColumnFormat.Hidden);
