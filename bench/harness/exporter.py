"""bench/exporter: scrapes of 10,000 HTTPRoutes and 100 Gateways, by lists and by watches: time and memory."""

import statistics
import subprocess
from concurrent.futures import ThreadPoolExecutor

from harness import command, figures, net, packages, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.kube.api import path
from harness.kube.cluster import Cluster
from harness.processes import Processes

ROUTES, GATEWAYS = 10000, 100
SCRAPES, AT_ONCE = 20, 10
MOST_S, MOST_WATCHED_MS, MOST_MB = 1, 100, 120

EXPLANATION = """\
{routes:,} HTTPRoutes, each with a hostname, a parent, two Kubernetes labels and the two conditions of a parent's status, and {gateways:,} Gateways with two
listeners and the conditions of all, in the embedded API server without persistence; {samples:,} samples, {mb:.0f} MB as text. The exporter runs with default
options (every scrape lists all kinds), and then with --watch. curl takes every answer whole, on loopback; server, exporter and curl share the
machine's cores. A scrape is as Prometheus asks for it where it says gzip, else as plain text; {scrapes} of each, one after the other, after a
first one that is told apart. Ten at once: the slowest of them. Resident is VmHWM, the most since the exporter's start, after all of it."""


def options():
    p = command.parser("exporter", "Measures the exporter of state metrics.")
    p.add_argument("--routes", type=int, default=ROUTES, metavar="N", help="HTTPRoutes (default: %(default)s)")
    p.add_argument("--gateways", type=int, default=GATEWAYS, metavar="N", help="Gateways (default: %(default)s)")
    p.add_argument("--scrapes", type=int, default=SCRAPES, metavar="N", help="scrapes of each kind (default: %(default)s)")
    return p.parse_args()


def condition(kind, status="True"):
    return {"type": kind, "status": status, "reason": kind, "message": "as it should be", "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 1}


def gateway(number):
    listeners = [{"name": name, "port": port, "protocol": "HTTP"} for name, port in (("web", 80), ("more", 81))]
    status = {
        "addresses": [{"type": "IPAddress", "value": "192.0.2.1"}],
        "conditions": [condition("Accepted"), condition("Programmed")],
        "listeners": [{"name": listener["name"], "attachedRoutes": 100, "supportedKinds": [],
                       "conditions": [condition("Accepted"), condition("Programmed"), condition("ResolvedRefs"), condition("Conflicted", "False")]}
                      for listener in listeners]}
    return named("Gateway", f"gateway-{number}", {"team": f"team-{number}"}, {"gatewayClassName": "bench", "listeners": listeners}), status


def route(number, gateways):
    parent = {"name": f"gateway-{number % gateways}"}
    spec = {"parentRefs": [parent], "hostnames": [f"app-{number}.example.com"],
            "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/api"}}], "backendRefs": [{"name": f"app-{number}", "port": 8080}]}]}
    status = {"parents": [{"parentRef": {"group": "gateway.networking.k8s.io", "kind": "Gateway", **parent}, "controllerName": "example.com/controller",
                           "conditions": [condition("Accepted"), condition("ResolvedRefs")]}]}
    return named("HTTPRoute", f"route-{number}", {"app.kubernetes.io/name": f"app-{number}", "team": "shop"}, spec), status


def named(kind, name, labels, spec):
    return {"apiVersion": "gateway.networking.k8s.io/v1", "kind": kind, "metadata": {"name": name, "namespace": "default", "labels": labels}, "spec": spec}


def load(api, objects):
    """Creates objects and their statuses."""
    for value, status in objects:
        created = api.create(value)
        api.request("PUT", path(value["kind"], "default", value["metadata"]["name"], "status"), {**created, "status": status})


def start(processes, name, sluice_command, kubeconfig, *arguments):
    """The exporter, ready: its process and port."""
    [port] = net.free_ports(1)
    process = processes.start(name, [*sluice_command, "exporter", "--kubeconfig", kubeconfig, "--listen", f"127.0.0.1:{port}", *arguments])
    net.wait_until(lambda: sluice.ready(port), f"readiness of the {name}", 60, lambda: processes.check(process))
    return process, port


def scrape(port, *arguments):
    """Seconds, and bytes as they travelled."""
    done = subprocess.run(["curl", "-sf", "-o", "/dev/null", "-w", "%{time_total} %{size_download}", *arguments, f"http://127.0.0.1:{port}/metrics"],
                          capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise Failure(f"curl ended with exit code {done.returncode}")
    seconds, size = done.stdout.split()
    return float(seconds), int(size)


def check(port, o):
    """The samples of an answer, which must be whole."""
    text = net.get(port, "/metrics", timeout=60)[1].decode()
    samples = [line for line in text.splitlines() if not line.startswith("#")]
    found = [sum(line.startswith(family + "{") for line in samples) for family in ("gatewayapi_httproute_parent_info", "gatewayapi_gateway_info")]
    if found != [o.routes, o.gateways] or "gateway_metrics_up 1" not in samples:
        raise Failure(f"{found[0]:,} HTTPRoutes and {found[1]:,} Gateways were shown")
    return len(samples), len(text)


def measure(o, processes, sluice_command, kubeconfig, name, *arguments):
    process, port = start(processes, name.replace(" ", "-"), sluice_command, kubeconfig, *arguments)
    first, _ = scrape(port, "-H", "Accept-Encoding: gzip")
    samples, size = check(port, o)
    plain = [scrape(port)[0] for _ in range(o.scrapes)]
    compressed = [scrape(port, "-H", "Accept-Encoding: gzip")[0] for _ in range(o.scrapes)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        at_once = [future.result()[0] for future in [pool.submit(scrape, port) for _ in range(AT_ONCE)]]
    processes.check(process)
    memory = usage.memory_kb(process.pid)
    processes.stop(process)
    return {"first": first, "plain": plain, "gzip": compressed, "at_once": max(at_once), "memory": memory, "samples": samples, "bytes": size}


def rows(name, found, unit, factor, most):
    value = lambda seconds: seconds * factor
    return [Figure(f"{name}: first scrape after the start, gzip", value(found["first"]), unit),
            Figure(f"{name}: scrape, p50", value(statistics.median(found["plain"])), unit),
            Figure(f"{name}: scrape, slowest", value(max(found["plain"])), unit, most, below=True),
            Figure(f"{name}: scrape with gzip, p50", value(statistics.median(found["gzip"])), unit),
            Figure(f"{name}: scrape with gzip, slowest", value(max(found["gzip"])), unit, most, below=True),
            Figure(f"{name}: ten scrapes at once", value(found["at_once"]), unit),
            Figure(f"{name}: resident at most", found["memory"]["VmHWM"] / 1024, "MB", MOST_MB, below=True)]


def main(o):
    packages.need("curl")
    sluice_command = sluice.published(o.sluice)
    with Processes() as processes:
        cluster = Cluster(processes, sluice_command)
        print(f"creating {o.routes:,} HTTPRoutes", flush=True)
        load(cluster.api, [gateway(number) for number in range(o.gateways)])
        load(cluster.api, [route(number, max(o.gateways, 1)) for number in range(o.routes)])
        listed = measure(o, processes, sluice_command, cluster.kubeconfig, "exporter that lists")
        watched = measure(o, processes, sluice_command, cluster.kubeconfig, "exporter that watches", "--watch")
    found = rows("lists", listed, "s", 1, MOST_S) + rows("watches", watched, "ms", 1000, MOST_WATCHED_MS)
    explanation = EXPLANATION.format(routes=o.routes, gateways=o.gateways, samples=listed["samples"], mb=listed["bytes"] / 1e6, scrapes=o.scrapes)
    return figures.publish(o, "exporter", "The exporter", explanation, found, sluice.version(sluice_command),
                           full=o.routes >= ROUTES and o.gateways >= GATEWAYS and o.scrapes >= SCRAPES)


if __name__ == "__main__":
    command.run(options(), main)
