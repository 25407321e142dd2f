namespace Sluice.Cli.Monitoring;

/// <summary>What dashboards are written as.</summary>
internal enum DashboardFormat
{
    /// <summary>What Grafana imports, and what its provisioning reads from files.</summary>
    Json,

    /// <summary>A ConfigMap for the side-car of Grafana's chart.</summary>
    ConfigMap,

    /// <summary>A GrafanaDashboard of the Grafana operator.</summary>
    GrafanaOperator,
}
