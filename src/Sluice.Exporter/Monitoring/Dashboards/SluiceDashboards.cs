namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>All dashboards.</summary>
public static class SluiceDashboards
{
    public static IReadOnlyList<Dashboard> All { get; } =
    [
        GatewayClassDashboard.Create(),
        GatewayDashboard.Create(),
        .. RouteDashboards.Create(),
        PolicyDashboard.Create(),
        DataPlaneDashboard.Create(),
        ControlPlaneDashboard.Create(),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static Dashboard? Find(string name) => All.FirstOrDefault(dashboard => dashboard.Name == name);
}
