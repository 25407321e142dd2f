namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>A choice of label values at the top of a dashboard: any number of them, or all.</summary>
/// <param name="Name">As queries name it: $name.</param>
/// <param name="Label">For people.</param>
/// <param name="Series">A selector of the series that have the label.</param>
/// <param name="SeriesLabel">The label whose values there are to choose from.</param>
internal sealed record DashboardVariable(string Name, string Label, string Series, string SeriesLabel)
{
    public string Query => $"label_values({Series}, {SeriesLabel})";

    /// <summary>For one Prometheus that holds the metrics of several clusters. Where no series has the label, "all" is everything.</summary>
    public static DashboardVariable Cluster(string metric) => new("cluster", "Cluster", metric, "cluster");

    public static DashboardVariable Namespace(string metric) => new("namespace", "Namespace", Promql.Series(metric), "namespace");
}
