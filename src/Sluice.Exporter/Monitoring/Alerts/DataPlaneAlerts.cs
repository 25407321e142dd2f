namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>Traffic, and the processes that serve it.</summary>
internal static class DataPlaneAlerts
{
    private const string ErrorRatio = "sum by (cluster, gateway) (rate(sluice_http_requests_total{code_class=\"5xx\"}[5m])) / sum by (cluster, gateway) (rate(sluice_http_requests_total[5m]))";

    public static AlertGroup Group { get; } = new(
        "sluice-data-plane",
        new AlertRule
        {
            Name = "SluiceErrors",
            Expression = $"{ErrorRatio} > 0.01",
            ForMinutes = 5,
            Severity = AlertSeverity.Warning,
            Summary = "More than one in a hundred requests is answered with 5xx.",
            Description = "Gateway {{ $labels.gateway }}: {{ $value | humanizePercentage }} of the requests were answered with 5xx, by backends or by the proxy.",
        },
        new AlertRule
        {
            Name = "SluiceErrorsHigh",
            Expression = $"{ErrorRatio} > 0.1",
            ForMinutes = 5,
            Severity = AlertSeverity.Critical,
            Summary = "More than one in ten requests is answered with 5xx.",
            Description = "Gateway {{ $labels.gateway }}: {{ $value | humanizePercentage }} of the requests were answered with 5xx, by backends or by the proxy.",
        },
        new AlertRule
        {
            Name = "SluiceNotReady",
            Expression = "sluice_ready == 0",
            ForMinutes = 5,
            Severity = AlertSeverity.Critical,
            Summary = "A process does not serve its configuration.",
            Description = "{{ $labels.instance }} is scraped and not ready, for longer than a start takes.",
        },
        new AlertRule
        {
            Name = "SluiceBackendsWithoutEndpoints",
            Expression = "sluice_upstream_clusters_without_endpoints > 0",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "Routes lead to backends without an endpoint.",
            Description = "{{ $labels.instance }} has {{ $value }} backends without an endpoint: requests for them are answered with 503.",
        },
        new AlertRule
        {
            Name = "SluiceConnectionLimit",
            Expression = "rate(sluice_downstream_connections_over_limit_total[5m]) > 0 or rate(sluice_downstream_descriptors_exhausted_total[5m]) > 0",
            ForMinutes = 0,
            Severity = AlertSeverity.Critical,
            Summary = "Connections of clients are turned away.",
            Description = "{{ $labels.instance }} has as many connections, or open descriptors, as it may have.",
        },
        new AlertRule
        {
            Name = "SluiceCertificateExpires",
            Expression = "min by (cluster, secret) (sluice_certificate_not_after_timestamp_seconds - time()) < 7 * 86400",
            ForMinutes = 10,
            Severity = AlertSeverity.Warning,
            Summary = "A certificate expires within a week.",
            Description = "The certificate in Secret {{ $labels.secret }} is valid for {{ $value | humanizeDuration }} more. Its renewal has failed for a while.",
        },
        new AlertRule
        {
            Name = "SluiceCertificateExpired",
            Expression = "min by (cluster, secret) (sluice_certificate_not_after_timestamp_seconds - time()) < 86400",
            ForMinutes = 10,
            Severity = AlertSeverity.Critical,
            Summary = "A certificate expires within a day, or has expired.",
            Description = "The certificate in Secret {{ $labels.secret }} is valid for {{ $value | humanizeDuration }} more. After that, clients refuse it.",
        },
        new AlertRule
        {
            Name = "SluiceWorkerFault",
            Expression = "increase(sluice_worker_faults_total[15m]) > 0",
            ForMinutes = 0,
            Severity = AlertSeverity.Warning,
            Summary = "A defect has cost a connection.",
            Description = "{{ $labels.instance }} has caught a defect on a worker and gone on; its log has it.",
        });
}
