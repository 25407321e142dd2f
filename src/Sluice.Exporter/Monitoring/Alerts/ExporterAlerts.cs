namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>The exporter: while it does not see objects, alerts about them do not fire.</summary>
internal static class ExporterAlerts
{
    public static AlertGroup Group { get; } = new(
        "gateway-api-exporter",
        new AlertRule
        {
            Name = "GatewayMetricsDown",
            // A new Pod has another instance: by job it is the same exporter.
            Expression = "group by (cluster, job) (present_over_time(gateway_metrics_up[6h])) unless on (cluster, job) gateway_metrics_up",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "The exporter of state metrics is not scraped any more.",
            Description = "Job {{ $labels.job }} had metrics of the exporter in the last six hours, and has none now. Alerts about Gateways and routes do not fire.",
        },
        new AlertRule
        {
            Name = "GatewayMetricsFailing",
            Expression = "min by (cluster, job, instance) (gateway_metrics_up) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "The exporter cannot read all kinds.",
            Description = "The exporter {{ $labels.instance }} could not read at least one kind. What it could read is right.",
        },
        new AlertRule
        {
            Name = "GatewayMetricsKindFailing",
            Expression = "min by (cluster, job, instance, kind) (gateway_metrics_kind_success) == 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "The exporter cannot read a kind.",
            Description = "The exporter {{ $labels.instance }} cannot read objects of the kind {{ $labels.kind }}: their alerts do not fire.",
        },
        new AlertRule
        {
            Name = "GatewayMetricsSamplesLeftOut",
            Expression = "max by (cluster, job, instance, kind) (gateway_metrics_kind_samples_left_out) > 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Info,
            Summary = "Objects have more samples than the exporter shows.",
            Description = "{{ $value }} samples of the kind {{ $labels.kind }} are beyond the limit per object and left out.",
        });
}
