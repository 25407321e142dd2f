namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>From a cell of a table to another dashboard, with what the cell names chosen there.</summary>
/// <param name="Uid">Of the dashboard.</param>
/// <param name="Variable">That takes the cell's text.</param>
/// <param name="NamespaceTitle">Title of the column whose text becomes the variable "namespace"; null for objects without one.</param>
internal sealed record DashboardLink(string Uid, string Variable, string? NamespaceTitle = "Namespace")
{
    /// <summary>As Grafana understands it; the data source and the cluster stay chosen.</summary>
    public string Url =>
        $"/d/{Uid}?${{datasource:queryparam}}&${{cluster:queryparam}}{(NamespaceTitle is null ? "" : $"&var-namespace=${{__data.fields[\"{NamespaceTitle}\"]}}")}&var-{Variable}=${{__value.text}}";
}
