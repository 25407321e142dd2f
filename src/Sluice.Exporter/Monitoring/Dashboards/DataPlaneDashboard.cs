using static Sluice.Exporter.Monitoring.Dashboards.Promql;

namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>Traffic, as proxies, <c>sluice run</c> and controllers with infrastructure host tell of it.</summary>
internal static class DataPlaneDashboard
{
    private const string Ready = "sluice_downstream_connections_active";

    private static readonly string Requests = OfListener("sluice_http_requests_total");
    private static readonly string Errors = OfListener("sluice_http_requests_total", "code_class=\"5xx\"");
    private static readonly string Durations = OfListener("sluice_http_request_duration_seconds_bucket");

    public static Dashboard Create() => new(Summary, Http, Routes, Upstream, Connections, Tls, Streams, Envoy, Process)
    {
        Name = "data-plane",
        Title = "Sluice / Data plane",
        Description = "Requests, connections, backends and TLS, by Gateway and listener, and what the proxies cost.",
        Variables =
        [
            DashboardVariable.Cluster(Ready),
            new DashboardVariable("instance", "Proxy", Series(Ready), "instance"),
            new DashboardVariable("gateway", "Gateway", Series("sluice_http_requests_total", "instance=~\"$instance\""), "gateway"),
            new DashboardVariable("listener", "Listener", Series("sluice_http_requests_total", "instance=~\"$instance\"", "gateway=~\"$gateway\""), "listener"),
        ],
    };

    private static DashboardRow Summary => new(
        "Summary",
        Panel.Stat("Requests", "Requests answered per second.", SumRate("", Requests), unit: "reqps"),
        Panel.Stat("Answered with 5xx", "Share of the requests that were answered with 5xx, by a backend or by the proxy.", $"{SumRate("", Errors)} / {SumRate("", Requests)}", Tone.Problem, "percentunit"),
        Panel.Stat("Slowest in a hundred", "99 of 100 requests took no longer, from the end of their head to the end of the response.", Quantile("0.99", Durations), unit: "s"),
        Panel.Stat("Active requests", "Requests that have begun and not ended.", Sum("", OfListener("sluice_http_requests_active"))),
        Panel.Stat("Client connections", "Connections that clients have open.", Sum("", OfProxy(Ready))),
        Panel.Stat("Proxies ready", "Processes that serve their full configuration.", Sum("", OfProxy("sluice_ready"))));

    private static DashboardRow Http => new(
        "HTTP",
        Panel.Graph("Requests by response", "By the class of the status code.", "reqps", new PanelQuery(SumRate("code_class", Requests), "{{code_class}}")).Stacked(),
        Panel.Graph("Requests by listener", "By Gateway and listener.", "reqps", new PanelQuery(SumRate("gateway, listener", Requests), "{{gateway}} {{listener}}")),
        Panel.Graph(
            "Duration",
            "From the end of a request's head to the end of the response, tunnels included: what 5 and 9 of 10, and 99 of 100, did not exceed.",
            "s",
            new PanelQuery(Quantile("0.5", Durations), "50 %"),
            new PanelQuery(Quantile("0.9", Durations), "90 %"),
            new PanelQuery(Quantile("0.99", Durations), "99 %")),
        Panel.Graph("Share of 5xx by Gateway", "Of the requests that were answered.", "percentunit", new PanelQuery($"{SumRate("gateway", Errors)} / {SumRate("gateway", Requests)}", "{{gateway}}")),
        Panel.Graph("Active requests", "Requests that have begun and not ended, by Gateway and listener.", "short", new PanelQuery(Sum("gateway, listener", OfListener("sluice_http_requests_active")), "{{gateway}} {{listener}}")),
        Panel.Graph("Bytes", "Of bodies and tunnels, received from clients and sent to them.", "Bps", new PanelQuery(SumRate("direction", OfListener("sluice_http_bytes_total")), "{{direction}}")),
        Panel.Graph("Other ends than a backend's response", "Requests that ended with something else than a whole response of a backend, by reason.", "reqps", new PanelQuery(SumRate("reason", OfListener("sluice_http_request_ends_total")), "{{reason}}")).Stacked(),
        Panel.Graph("Requests by protocol", "Requests that were understood.", "reqps", new PanelQuery(SumRate("protocol", OfProxy("sluice_downstream_requests_total")), "{{protocol}}")),
        Panel.Graph("gRPC responses", "By grpc-status.", "reqps", new PanelQuery(SumRate("grpc_status", OfListener("sluice_grpc_responses_total")), "{{grpc_status}}")).Stacked(),
        Panel.Graph("Refused requests", "Requests that broke the protocol or a limit, and were refused before they were routed.", "reqps", new PanelQuery(SumRate("reason", OfProxy("sluice_http_refused_total")), "{{reason}}")),
        Panel.Graph(
            "HTTP/2 streams and connections given up",
            "Streams that clients reset; streams and connections that the proxy ended because of the client.",
            "cps",
            new PanelQuery(SumRate("", OfProxy("sluice_http2_client_resets_total")), "reset by clients"),
            new PanelQuery(SumRate("reason", OfProxy("sluice_http2_stream_resets_total")), "stream: {{reason}}"),
            new PanelQuery(SumRate("reason", OfProxy("sluice_http2_connection_errors_total")), "connection: {{reason}}")));

    /// <summary>The busiest, so that thousands of routes are no thousands of lines.</summary>
    private static DashboardRow Routes => new(
        "Routes, with --metrics-detail route",
        Panel.Graph("Busiest routes", "Requests of the ten busiest rules, by route and rule.", "reqps", new PanelQuery($"topk(10, {SumRate("route, rule", OfListener("sluice_route_requests_total"))})", "{{route}} {{rule}}")),
        Panel.Graph("Most failing routes", "Requests answered with 5xx, of the ten rules with most of them.", "reqps", new PanelQuery($"topk(10, {SumRate("route, rule", OfListener("sluice_route_requests_total", "code_class=\"5xx\""))})", "{{route}} {{rule}}")),
        Panel.Graph("Slowest routes", "What 99 of 100 requests did not exceed, of the ten slowest rules.", "s", new PanelQuery($"topk(10, {Quantile("0.99", OfListener("sluice_route_request_duration_seconds_bucket"), "route, rule, ")})", "{{route}} {{rule}}")),
        Panel.Graph("Largest routes", "Bytes of the ten rules with most of them, in both directions.", "Bps", new PanelQuery($"topk(10, {SumRate("route, rule", OfListener("sluice_route_bytes_total"))})", "{{route}} {{rule}}")));

    private static DashboardRow Upstream => new(
        "Backends",
        Panel.Graph("Endpoints", "Endpoints of all backends that routes lead to, by proxy; and backends that have none, whose requests are answered with 503.", "short", new PanelQuery(Sum("instance", OfProxy("sluice_upstream_endpoints")), "{{instance}} endpoints"), new PanelQuery(Sum("instance", OfProxy("sluice_upstream_clusters_without_endpoints")), "{{instance}} backends without")),
        Panel.Graph("Open connections", "Connections to backends, unused ones and those being opened included.", "short", new PanelQuery(Sum("instance", OfProxy("sluice_upstream_connections_active")), "{{instance}}")),
        Panel.Graph("Failures", "Attempts that a backend failed, by reason.", "cps", new PanelQuery(SumRate("reason", OfProxy("sluice_upstream_failures_total")), "{{reason}}")),
        Panel.Graph("Refused responses", "Responses of backends that broke the protocol or a limit.", "cps", new PanelQuery(SumRate("reason", OfProxy("sluice_upstream_bad_responses_total")), "{{reason}}")),
        Panel.Graph(
            "Retries",
            "Attempts after the first, by what the one before failed with, and retries that did not happen.",
            "cps",
            new PanelQuery(SumRate("reason", OfProxy("sluice_upstream_retries_total")), "{{reason}}"),
            new PanelQuery(SumRate("reason", OfProxy("sluice_upstream_retries_refused_total")), "refused: {{reason}}"),
            new PanelQuery(SumRate("", OfProxy("sluice_upstream_replays_total")), "kept connection was closed")),
        Panel.Graph(
            "Connections and mirrors",
            "Connections begun to backends; copies of requests that were begun, and those that did not reach their end.",
            "cps",
            new PanelQuery(SumRate("", OfProxy("sluice_upstream_connects_total")), "connections"),
            new PanelQuery(SumRate("", OfProxy("sluice_mirrors_total")), "mirrors"),
            new PanelQuery(SumRate("reason", OfProxy("sluice_mirrors_dropped_total")), "mirror dropped: {{reason}}")));

    private static DashboardRow Connections => new(
        "Client connections",
        Panel.Graph("Open", "Connections that clients have open, by proxy.", "short", new PanelQuery(Sum("instance", OfProxy(Ready)), "{{instance}}")),
        Panel.Graph(
            "Accepted",
            "Connections of clients, and exchanges that they left before the end.",
            "cps",
            new PanelQuery(SumRate("", OfProxy("sluice_downstream_connections_total")), "connections"),
            new PanelQuery(SumRate("", OfProxy("sluice_downstream_http2_connections_total")), "of them HTTP/2"),
            new PanelQuery(SumRate("", OfProxy("sluice_downstream_aborts_total")), "exchanges left")),
        Panel.Graph(
            "Limits hit",
            "How often limits of any sort were hit, and PROXY protocol headers were refused.",
            "cps",
            new PanelQuery(SumRate("limit", OfProxy("sluice_limits_hit_total")), "{{limit}}"),
            new PanelQuery(SumRate("reason", OfProxy("sluice_proxy_protocol_refused_total")), "PROXY protocol: {{reason}}")),
        Panel.Graph("Worker faults", "Defects that were caught; each cost one connection.", "short", new PanelQuery(Sum("instance", $"increase({OfProxy("sluice_worker_faults_total")}[$__rate_interval])"), "{{instance}}")));

    private static DashboardRow Tls => new(
        "TLS",
        Panel.Graph("Handshakes", "By version, and whether a session was resumed.", "cps", new PanelQuery(SumRate("version, resumed", OfProxy("sluice_tls_handshakes_total")), "{{version}} resumed: {{resumed}}")),
        Panel.Graph(
            "Handshakes that came to nothing",
            "By reason; and handshakes with a certificate that is not valid now.",
            "cps",
            new PanelQuery(SumRate("reason", OfProxy("sluice_tls_handshake_failures_total")), "{{reason}}"),
            new PanelQuery(SumRate("", OfProxy("sluice_tls_message_floods_total")), "flood"),
            new PanelQuery(SumRate("", OfProxy("sluice_tls_expired_certificates_served_total")), "expired certificate served")));

    private static DashboardRow Streams => new(
        "TCP, TLS and UDP",
        Panel.Graph("Relayed connections", "Open now, by Gateway and listener.", "short", new PanelQuery(Sum("gateway, listener", OfRelay("sluice_stream_connections_active")), "{{gateway}} {{listener}}")),
        Panel.Graph("Ends of relayed connections", "By reason.", "cps", new PanelQuery(SumRate("reason", OfRelay("sluice_stream_ends_total")), "{{reason}}")),
        Panel.Graph("Bytes of relayed connections", "Received from clients, and sent to them.", "Bps", new PanelQuery(SumRate("direction", OfRelay("sluice_stream_bytes_total")), "{{direction}}")),
        Panel.Graph("Datagrams", "Received from clients, and sent to them; and those that were dropped, by reason.", "cps", new PanelQuery(SumRate("direction", OfRelay("sluice_udp_datagrams_total")), "{{direction}}"), new PanelQuery(SumRate("reason", OfRelay("sluice_udp_dropped_total")), "dropped: {{reason}}")),
        Panel.Graph("UDP sessions", "Client sockets that have a backend, by Gateway and listener.", "short", new PanelQuery(Sum("gateway, listener", OfRelay("sluice_udp_sessions_active")), "{{gateway}} {{listener}}")),
        Panel.Graph("Bytes of datagrams", "Received from clients, and sent to them.", "Bps", new PanelQuery(SumRate("direction", OfRelay("sluice_udp_bytes_total")), "{{direction}}")));

    private static DashboardRow Envoy => new(
        "By the names of Envoy",
        Panel.Graph("Requests", "envoy_http_downstream_rq_total and, by class of the response, envoy_http_downstream_rq_xx.", "reqps", new PanelQuery(SumRate("", OfProxy("envoy_http_downstream_rq_total")), "all"), new PanelQuery(SumRate("envoy_response_code_class", OfProxy("envoy_http_downstream_rq_xx")), "{{envoy_response_code_class}}xx")),
        Panel.Graph("Duration", "envoy_http_downstream_rq_time: what 99 of 100 requests did not exceed.", "ms", new PanelQuery(Quantile("0.99", OfProxy("envoy_http_downstream_rq_time_bucket")), "99 %")));

    private static DashboardRow Process => new(
        "Processes",
        Panel.Graph("Processors", "How many processors each process keeps busy.", "short", new PanelQuery(Sum("instance", OfProcess(Rate(OfProxy("process_cpu_seconds_total")))), "{{instance}}")),
        Panel.Graph("Memory", "Resident memory, and that of it which belongs to no file.", "bytes", new PanelQuery(Sum("instance", OfProcess(OfProxy("process_resident_memory_bytes"))), "{{instance}}"), new PanelQuery(Sum("instance", OfProxy("sluice_process_private_memory_bytes")), "{{instance}} private")),
        Panel.Graph("Descriptors", "Open file descriptors.", "short", new PanelQuery(Sum("instance", OfProcess(OfProxy("process_open_fds"))), "{{instance}}")),
        Panel.Graph("Garbage collection", "Collections, and the managed heap after the last one.", "short", new PanelQuery(SumRate("instance", OfProxy("dotnet_gc_collections_total")), "{{instance}} per second"), new PanelQuery(Sum("instance", OfProxy("dotnet_gc_heap_bytes")), "{{instance}} bytes")));

    private static string OfProxy(string metric) => Series(metric, "instance=~\"$instance\"");

    /// <summary>Of HTTP listeners.</summary>
    private static string OfListener(string metric, params IReadOnlyList<string> matchers) =>
        Series(metric, ["instance=~\"$instance\"", "gateway=~\"$gateway\"", "listener=~\"$listener\"", .. matchers]);

    /// <summary>Of listeners that relay, which are none of those that the variables offer.</summary>
    private static string OfRelay(string metric) => Series(metric, "instance=~\"$instance\"");

    /// <summary>Metrics that every process has, of proxies only.</summary>
    private static string OfProcess(string series) => $"{series} and on (cluster, instance) {Series(Ready)}";
}
