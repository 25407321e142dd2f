namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>Controllers, and what they give to proxies.</summary>
internal static class ControlPlaneAlerts
{
    public static AlertGroup Group { get; } = new(
        "sluice-control-plane",
        new AlertRule
        {
            Name = "SluiceControllerDown",
            Expression = "group by (cluster, job) (present_over_time(sluice_leader[6h])) unless on (cluster, job) sluice_leader",
            ForMinutes = 5,
            Severity = AlertSeverity.Critical,
            Summary = "No controller is scraped any more.",
            Description = "Job {{ $labels.job }} had controllers in the last six hours, and has none now. Proxies go on with what they know; changes do not reach them.",
        },
        new AlertRule
        {
            Name = "SluiceNoLeader",
            Expression = "sum by (cluster) (sluice_leader) == 0",
            ForMinutes = 2,
            Severity = AlertSeverity.Critical,
            Summary = "No controller writes statuses and infrastructure.",
            Description = "Controllers run, and none of them holds the Lease. New Gateways get no proxies, and statuses grow old.",
        },
        new AlertRule
        {
            Name = "SluiceWatchInterrupted",
            Expression = "max by (cluster, instance, kind) (sluice_watch_state{state=~\"Interrupted|Denied\"}) == 1",
            ForMinutes = 5,
            Severity = AlertSeverity.Warning,
            Summary = "A controller does not follow a kind.",
            Description = "The controller {{ $labels.instance }} does not see changes of {{ $labels.kind }}: the API server does not answer, or does not allow it.",
        },
        new AlertRule
        {
            Name = "SluiceConfigurationRejected",
            Expression = "increase(sluice_configurations_total{result=\"rejected\"}[15m]) > 0 or sluice_stream_proxies_rejected > 0",
            ForMinutes = 5,
            Severity = AlertSeverity.Warning,
            Summary = "The data plane refuses a configuration.",
            Description = "{{ $labels.instance }}: a configuration{{ with $labels.gateway }} of Gateway {{ . }}{{ end }} was refused; the last good one is in force. The Gateway's status says why.",
        },
        new AlertRule
        {
            Name = "SluiceProxiesBehind",
            Expression = "sluice_stream_proxies - sluice_stream_proxies_applied > 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "Proxies do not serve the newest configuration.",
            Description = "{{ $value }} proxies of Gateway {{ $labels.gateway }} have not taken over its newest configuration.",
        },
        new AlertRule
        {
            Name = "SluiceGatewayWithoutProxies",
            Expression = "sum by (cluster, gateway) (sluice_stream_proxies) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Critical,
            Summary = "No proxy of a Gateway is connected to a controller.",
            Description = "Gateway {{ $labels.gateway }} has no proxies that a controller knows. They do not run, or changes do not reach them.",
        },
        new AlertRule
        {
            Name = "SluiceWritesFailing",
            Expression = "increase(sluice_status_errors_total[15m]) > 0 or increase(sluice_infrastructure_errors_total[15m]) > 0",
            ForMinutes = 15,
            Severity = AlertSeverity.Warning,
            Summary = "Statuses or infrastructure cannot be written.",
            Description = "The API server has refused requests of {{ $labels.instance }}, or not answered them, for a quarter of an hour.",
        },
        new AlertRule
        {
            Name = "SluiceManifestErrors",
            Expression = "sluice_manifest_errors > 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "Manifest files have errors.",
            Description = "{{ $labels.instance }} reads files with {{ $value }} errors. Of objects in them the last good versions are in force, if there were any.",
        });
}
