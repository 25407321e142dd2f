"""bench/run telemetry: what being told of costs a request, as CPU microseconds more than without, beside the peers' access logs.

All variants of a proxy run at once and are measured in turn, round by round. The whole process is pinned to one core, so that the
thread that writes to the disk or to the collector is counted too.
"""

import subprocess
import sys

from harness import command, document, haproxy, manifests, net, nginx, sluice, table
from harness.comparison import median
from harness.contestants import Contestant
from harness.processes import LOAD_CORE, PROXY_CORE
from harness.scenarios import TITLES

#: The same members as Sluice's default line, as far as the peers know them.
NGINX_FORMAT = (
    "log_format json escape=json '{\"start_time\":\"$time_iso8601\",\"method\":\"$request_method\",\"authority\":\"$http_host\","
    "\"path\":\"$request_uri\",\"protocol\":\"$server_protocol\",\"response_code\":$status,\"bytes_received\":$request_length,"
    "\"bytes_sent\":$body_bytes_sent,\"duration\":$request_time,\"downstream_remote_address\":\"$remote_addr:$remote_port\","
    "\"upstream_host\":\"$upstream_addr\",\"user_agent\":\"$http_user_agent\",\"x_forwarded_for\":\"$http_x_forwarded_for\","
    "\"request_id\":\"$request_id\"}';")
HAPROXY_FORMAT = (
    '    http-request capture req.hdr(host) len 64\n    http-request capture req.hdr(user-agent) len 128\n'
    '    log-format "{\\"start_time\\":\\"%tr\\",\\"method\\":\\"%HM\\",\\"authority\\":%{+Q}[capture.req.hdr(0)],\\"path\\":%{+Q}HU,'
    '\\"protocol\\":\\"%HV\\",\\"response_code\\":%ST,\\"bytes_received\\":%U,\\"bytes_sent\\":%B,\\"duration\\":%Ta,'
    '\\"downstream_remote_address\\":\\"%ci:%cp\\",\\"upstream_host\\":\\"%si:%sp\\",\\"user_agent\\":%{+Q}[capture.req.hdr(1)]}"')

#: Most microseconds more than without.
TARGETS = {"sluice-json": 2.5, "sluice-traces": 0.5, "sluice-metrics": 1.0}
BASES = {"nginx-json": "nginx", "nginx-json-buffered": "nginx", "haproxy-json": "haproxy", "sluice-json": "sluice", "sluice-traces": "sluice",
         "sluice-metrics": "sluice-no-metrics", "sluice-metrics-route": "sluice-no-metrics"}
NAMES = ("nginx", "nginx-json", "nginx-json-buffered", "haproxy", "haproxy-json", "sluice", "sluice-json", "sluice-traces",
         "sluice-no-metrics", "sluice-metrics", "sluice-metrics-route")


def contestants(nginx_file, haproxy_file, sluice_command, backend_port):
    def peer(name, label, binary, module, log):
        def start(processes, instance, scenario):
            return module.start(processes, instance, binary, PROXY_CORE, backend_port, log=log(_log_file(processes, instance)))
        return Contestant(name, module.version(binary), label, start)

    def ours(name, options):
        def start(processes, instance, scenario):
            [port] = net.free_ports(1)
            file = processes.folder / f"{instance}.yaml"
            file.write_text(manifests.join(manifests.CLASS, manifests.service("backend", backend_port), manifests.gateway(("http", port)),
                                           manifests.numbered_route(0, "backend")))
            process, _ = sluice.start(processes, instance, sluice_command, file, PROXY_CORE,
                                      ["--workers", "1", "--api", "off", *options(processes, instance)])
            return process, port
        return Contestant(name, sluice.version(sluice_command), None, start, compiled_at_run_time=True)

    def traced(processes, instance):
        [port] = net.free_ports(1)
        process = processes.start(f"{instance}-collector", [sys.executable, "-m", "harness.collector", str(port)], core=LOAD_CORE)
        net.wait_until(lambda: net.listens(port), "the collector", 20, lambda: processes.check(process))
        return ["--trace", f"http://127.0.0.1:{port}", "--trace-sample", "1"]

    chosen = [
        peer("nginx", "nginx", nginx_file, nginx, lambda _: "access_log off;"),
        peer("nginx-json", "nginx", nginx_file, nginx, lambda file: f"{NGINX_FORMAT}\n    access_log {file} json;"),
        peer("nginx-json-buffered", "nginx", nginx_file, nginx, lambda file: f"{NGINX_FORMAT}\n    access_log {file} json buffer=64k flush=1s;"),
        peer("haproxy", "haproxy", haproxy_file, haproxy, lambda _: None),
        peer("haproxy-json", "haproxy", haproxy_file, haproxy, lambda _: HAPROXY_FORMAT),
        ours("sluice", lambda *_: []),
        ours("sluice-json", lambda processes, instance: ["--access-log", str(_log_file(processes, instance))]),
        ours("sluice-traces", traced),
    ]
    if _has_metrics_detail(sluice_command):
        chosen += [ours(name, lambda *_, detail=detail: ["--metrics-detail", detail])
                   for name, detail in (("sluice-no-metrics", "off"), ("sluice-metrics", "listener"), ("sluice-metrics-route", "route"))]
    return chosen


def _log_file(processes, instance):
    """In a folder of its own: in that of the configuration, every line would wake all instances of Sluice, which watch that one."""
    folder = processes.folder / "logs"
    folder.mkdir(exist_ok=True)
    return folder / f"{instance}.access"


def _has_metrics_detail(sluice_command):
    done = subprocess.run([*sluice_command, "run", "--help"], capture_output=True, text=True)
    return "--metrics-detail" in done.stdout


def differences(name, runs):
    """Round by round against the base: what drifts over minutes is in both."""
    base = BASES.get(name)
    if base is None or ("telemetry", base) not in runs:
        return None
    pairs = zip(runs["telemetry", name], runs["telemetry", base])
    return sorted(one.cpu_us - other.cpu_us for one, other in pairs)


def publish(o, chosen, runs, full):
    header = ["proxy", "µs/request", "more than", "µs more", "min", "max", "target", "requests/s", "errors", "RSS MB", "verdict"]
    rows, passed = [], True
    for c in chosen:
        r = runs["telemetry", c.name]
        more = differences(c.name, runs)
        middle = None if more is None else more[len(more) // 2]
        target = TARGETS.get(c.name) if more else None
        verdict = "" if target is None else "pass" if middle <= target else "MISS"
        passed &= verdict != "MISS"
        rows.append([
            c.name, f"{median(r, 'cpu_us'):.2f}", BASES.get(c.name, "") if more else "", "" if more is None else f"{middle:.2f}",
            "" if more is None else f"{more[0]:.2f}", "" if more is None else f"{more[-1]:.2f}", "" if target is None else f"≤ {target}",
            f"{median(r, 'rps'):,.0f}", str(sum(x.errors for x in r)), f"{median(r, 'rss_kb') / 1024:.1f}", verdict])
    print("\n" + table.text(header, rows) + "\n")
    command.write_json(o.json, [{"group": "telemetry", "proxy": c.name, "cpu_us_per_unit": round(median(runs["telemetry", c.name], "cpu_us"), 3),
                                 "more_us": None if (more := differences(c.name, runs)) is None else round(more[len(more) // 2], 3)} for c in chosen])
    if full:
        body = [f"{o.rounds} interleaved rounds, {o.seconds} s per run. The difference is the median of the rounds' differences.", "",
                "`-json` writes one JSON line per request to a file, with about the same members everywhere; `-buffered` is nginx with a buffer of",
                "64 KiB; `-traces` samples 1 % and sends it by OTLP/HTTP to a collector on the same machine; `-metrics` counts by listener, `-metrics-route`",
                "by route.", "", table.markdown(header, rows)]
        document.refresh("telemetry", TITLES["telemetry"], "\n".join(body))
    else:
        print("docs/performance.md is left as it is: only a run of all variants in five rounds refreshes it.")
    return passed
