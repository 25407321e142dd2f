namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>All alerts. docs/operations/alerts.md has a section for each.</summary>
public static class SluiceAlerts
{
    public static IReadOnlyList<AlertGroup> All { get; } =
    [
        GatewayAlerts.Group,
        RouteAlerts.Group,
        ExporterAlerts.Group,
        DataPlaneAlerts.Group,
        ControlPlaneAlerts.Group,
    ];
}
