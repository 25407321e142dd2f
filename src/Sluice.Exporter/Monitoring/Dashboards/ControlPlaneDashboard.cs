using static Sluice.Exporter.Monitoring.Dashboards.Promql;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Controllers, what they follow and give out, and the exporter.</summary>
internal static class ControlPlaneDashboard
{
    private const string Objects = "sluice_objects";

    public static Dashboard Create() => new(Summary, Changes, Proxies, Cluster, Certificates, Exporter, Process)
    {
        Name = "control-plane",
        Title = "Sluice / Control plane",
        Description = "What controllers hold and give to proxies, how they get on with the API server, when certificates end, and the exporter.",
        Variables =
        [
            DashboardVariable.Cluster(Objects),
            new DashboardVariable("instance", "Controller", Series(Objects), "instance"),
        ],
    };

    private static DashboardRow Summary => new(
        "Summary",
        Panel.Stat("Writing controllers", "Controllers that write statuses and infrastructure: 1, and for a moment 0 while another takes over.", Sum("", Of("sluice_leader")), Tone.Health),
        Panel.Stat("Proxies", "Proxies that are connected to a controller.", Sum("", Of("sluice_stream_proxies"))),
        Panel.Stat("Proxies behind", "Proxies that do not serve their Gateway's newest configuration.", $"{Sum("", Of("sluice_stream_proxies"))} - {Sum("", Of("sluice_stream_proxies_applied"))}", Tone.Problem),
        Panel.Stat("Proxies that refuse", "Proxies that have refused their Gateway's newest configuration. The Gateway's status says why.", Sum("", Of("sluice_stream_proxies_rejected")), Tone.Problem),
        Panel.Stat("Watches interrupted", "Kinds that a controller does not follow at the moment.", $"sum({Of("sluice_watch_state", "state=~\"Interrupted|Denied\"")})", Tone.Problem),
        Panel.Stat("Exporters complete", "Exporters that could read every kind in their last scrape, of all exporters: 1 is all.", $"avg({Series("gateway_metrics_up")})", Tone.Health, "percentunit"));

    private static DashboardRow Changes => new(
        "Objects and changes",
        Panel.Graph("Objects in force", "By kind.", "short", new PanelQuery($"max by (kind) ({Of(Objects)})", "{{kind}}")),
        Panel.Graph(
            "Snapshots",
            "How often what is in force was replaced.",
            "cps",
            new PanelQuery($"sum by (instance) (rate({Of("sluice_translation_duration_seconds_count")}[$__rate_interval]))", "{{instance}}")),
        Panel.Graph(
            "Duration of changes",
            "From a snapshot of objects to configurations (translation), and until all proxies have answered (publishing): 99 of 100 took no longer.",
            "s",
            new PanelQuery(Quantile("0.99", Of("sluice_translation_duration_seconds_bucket")), "translation"),
            new PanelQuery(Quantile("0.99", Of("sluice_publishing_duration_seconds_bucket")), "publishing")),
        Panel.Graph("Configurations", "Configurations that the data plane was given, by its answer.", "cps", new PanelQuery(SumRate("result", Of("sluice_configurations_total")), "{{result}}")),
        Panel.Graph(
            "Manifests",
            "For sluice run: errors in manifest files, and objects whose last good version is in force since.",
            "short",
            new PanelQuery(Sum("instance", Of("sluice_manifest_errors")), "{{instance}} errors"),
            new PanelQuery(Sum("instance", Of("sluice_manifest_objects_kept")), "{{instance}} kept")),
        Panel.Graph("Ready", "1 while the full configuration is served.", "short", new PanelQuery($"min by (instance) ({Of("sluice_ready")})", "{{instance}}")));

    private static DashboardRow Proxies => new(
        "Configuration streams",
        Panel.Graph(
            "Proxies",
            "By Gateway: connected, and behind the newest configuration.",
            "short",
            new PanelQuery(Sum("gateway", Of("sluice_stream_proxies")), "{{gateway}} connected"),
            new PanelQuery($"{Sum("gateway", Of("sluice_stream_proxies"))} - {Sum("gateway", Of("sluice_stream_proxies_applied"))}", "{{gateway}} behind")),
        Panel.Graph(
            "Streams",
            "Opened, and ended or refused by reason.",
            "cps",
            new PanelQuery(SumRate("", Of("sluice_stream_opened_total")), "opened"),
            new PanelQuery(SumRate("reason", Of("sluice_stream_ended_total")), "ended: {{reason}}")),
        Panel.Graph("Updates", "By what they hold.", "cps", new PanelQuery(SumRate("kind", Of("sluice_stream_updates_total")), "{{kind}}")),
        Panel.Graph("Bytes of updates", "To all proxies.", "Bps", new PanelQuery(SumRate("", Of("sluice_stream_update_bytes_total")), "sent")));

    private static DashboardRow Cluster => new(
        "API server",
        Panel.Table(
            "Watches",
            "The state that the watch of each kind is in.",
            [new("instance", "Controller"), new("kind", "Kind"), new("state", "State")],
            new PanelQuery(Group("instance, kind, state", $"{Of("sluice_watch_state")} == 1"))).Sized(12),
        Panel.Graph(
            "Statuses",
            "Statuses that were written, were right already, had to be written again after somebody else's write, or could not be written.",
            "cps",
            new PanelQuery(SumRate("", Of("sluice_status_writes_total")), "written"),
            new PanelQuery(SumRate("", Of("sluice_status_unchanged_total")), "unchanged"),
            new PanelQuery(SumRate("", Of("sluice_status_conflicts_total")), "conflicts"),
            new PanelQuery(SumRate("", Of("sluice_status_errors_total")), "errors")),
        Panel.Graph(
            "Infrastructure",
            "Objects that were applied and deleted for Gateways, and requests that failed.",
            "cps",
            new PanelQuery(SumRate("", Of("sluice_infrastructure_applied_total")), "applied"),
            new PanelQuery(SumRate("", Of("sluice_infrastructure_deleted_total")), "deleted"),
            new PanelQuery(SumRate("", Of("sluice_infrastructure_errors_total")), "errors")),
        Panel.Graph("Objects with a status", "Objects whose status the controller keeps track of.", "short", new PanelQuery(Sum("instance", Of("sluice_status_objects")), "{{instance}}")));

    private static DashboardRow Certificates => new(
        "Certificates",
        Panel.Table(
            "Certificates",
            "How long the certificate of each Secret is valid.",
            [new("secret", "Secret")],
            new PanelQuery($"min by (secret) ({Of("sluice_certificate_not_before_timestamp_seconds")}) * 1000", "Valid from", ColumnFormat.Time),
            new PanelQuery($"min by (secret) ({Of("sluice_certificate_not_after_timestamp_seconds")}) * 1000", "Valid until", ColumnFormat.Time),
            new PanelQuery($"min by (secret) ({Of("sluice_certificate_not_after_timestamp_seconds")}) - time()", "Left", ColumnFormat.Remaining)));

    private static DashboardRow Exporter => new(
        "Exporter",
        Panel.Table(
            "Kinds",
            "Whether each kind could be read, in which version, how many objects there are, and how long it took.",
            [new("kind", "Kind"), new("version", "Version")],
            new PanelQuery(Group("kind, version", Series("gateway_metrics_kind_version_info"))),
            new PanelQuery(Worst("kind", Series("gateway_metrics_kind_success")), "Read", ColumnFormat.Condition),
            new PanelQuery($"max by (kind) ({Series("gateway_metrics_kind_objects")})", "Objects", ColumnFormat.Number),
            new PanelQuery($"max by (kind) ({Series("gateway_metrics_kind_samples_left_out")})", "Samples left out", ColumnFormat.Number),
            new PanelQuery($"max by (kind) ({Series("gateway_metrics_kind_duration_seconds")})", "Duration", ColumnFormat.Duration)).Sized(12),
        Panel.Graph("Duration of scrapes", "How long it took to read all kinds.", "s", new PanelQuery($"max by (instance) ({Series("gateway_metrics_scrape_duration_seconds")})", "{{instance}}")));

    private static DashboardRow Process => new(
        "Processes",
        Panel.Graph("Processors", "How many processors each controller and exporter keeps busy.", "short", new PanelQuery(Sum("instance", OfProcess(Rate(Series("process_cpu_seconds_total")))), "{{instance}}")),
        Panel.Graph("Memory", "Resident memory.", "bytes", new PanelQuery(Sum("instance", OfProcess(Series("process_resident_memory_bytes"))), "{{instance}}")));

    private static string Of(string metric, params IReadOnlyList<string> matchers) => Series(metric, ["instance=~\"$instance\"", .. matchers]);

    /// <summary>Metrics that every process has, of controllers and exporters only.</summary>
    private static string OfProcess(string series) => $"{series} and on (cluster, instance) ({Of(Objects)} or {Series("gateway_metrics_up")})";
}
