"""bench/scale: the control plane and the configuration of proxies at scale, by the procedures of the public gateway-api-bench."""

import time

from harness import backend, command, figures, net, packages, sluice, usage
from harness.figures import Figure
from harness.kube import attached, churn, failover, flips, foreign, probe, simulated
from harness.kube.cluster import Cluster, Every, Kubelet
from harness.processes import Processes, raise_own_priority

PARTS = ["probe", "load", "plane", "attached", "foreign", "flips", "failover", "proxies"]
PROBES, LOADED_PROBES, MINUTES = 3000, 100, 30

EXPLANATION = """\
Every process is Sluice's own: the embedded API server without persistence (or the one that --kubeconfig names), the controller with
infrastructure "kubernetes" (one process, no leader election), and one proxy, started as its Deployment says in place of a kubelet, on loopback.
Two cores share all of it with the load. A route is created and asked for every 5 ms until it answers 200, {probes:,} times one after the other,
then {loaded} times while {routes:,} routes with a Service and an EndpointSlice each churn: one route edited every second, one EndpointSlice every
two. Memory and CPU of proxy and controller are taken over {minutes} minutes of that churn; bytes are those that the controller's stream has
sent. Flips: backendRef and filter of an HTTPRoute, a route of WebSockets and a GRPCRoute every 200 ms under clients of HTTP/1.1, HTTP/2,
WebSocket and gRPC streams. Failover: one of four endpoints refuses connections for 22 of every 44 s, without retries, under one request
every 5 ms over 256 rules; a round is both phases."""


def options():
    p = command.parser("scale", "Measures the control plane at scale against an API server.")
    p.add_argument("--kubeconfig", metavar="FILE", help="an API server with the Gateway API's CRDs (default: the embedded API)")
    p.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=f"some of {', '.join(PARTS)}")
    p.add_argument("--probes", type=int, default=PROBES, metavar="N", help="routes created one by one (default: %(default)s)")
    p.add_argument("--routes", type=int, default=churn.NAMESPACES * churn.PER_NAMESPACE, metavar="N", help="routes that churn (default: %(default)s)")
    p.add_argument("--minutes", type=float, default=MINUTES, metavar="M", help="of churn for memory and CPU (default: %(default)s)")
    p.add_argument("--flips", type=int, default=flips.FLIPS, metavar="N", help="changes under load (default: %(default)s)")
    p.add_argument("--rounds", type=int, default=failover.ROUNDS, metavar="N", help="rounds of failover (default: %(default)s)")
    return p.parse_args()


class Run:
    """One API server with controller and proxy, and the figures so far."""

    def __init__(self, o, processes, binary):
        self.o, self.figures = o, []
        self.cluster = Cluster(processes, binary, o.kubeconfig)
        self.port, self.backend_port, self.stream_port = net.free_ports(3)
        backend.start(processes, self.backend_port, "blue", core=None)
        self.cluster.prepare(self.port)
        self.cluster.start_controller(*self.controller_options())
        self.proxy = Kubelet(self.cluster)
        self.proxy.wait_ready()
        self.cluster.wait_for_gateway()
        self.mean = None

    def controller_options(self):
        return ["--infrastructure", "kubernetes", "--leader-election", "off", "--config-stream", f"127.0.0.1:{self.stream_port}", "--config-stream-address", f"127.0.0.1:{self.stream_port}"]

    def add(self, name, value, unit, target=None, below=False):
        self.figures.append(Figure(name, value, unit, target, below))
        print(f"  {name}: {figures.number(value)} {unit}".rstrip(), flush=True)

    def probe(self):
        probe.prepare(self.cluster, self.backend_port)
        answers = probe.run(self.cluster, "127.0.0.1", self.port, self.o.probes)
        self.mean = answers.mean
        self.add(f"route created to first 200, {self.o.probes:,} one by one, mean", answers.mean, "ms", 10, below=True)
        self.add("the same, slowest", answers.most, "ms", 50, below=True)
        self.add("answers beside 404 and 200", sum(answers.wrong.values()), "", 0)
        for i in range(self.o.probes):
            self.cluster.api.delete("HTTPRoute", "bench-probe", f"probe-{i}")

    def load(self):
        with churn.Churn(self.cluster, self.backend_port, self.o.routes):
            probe.prepare(self.cluster, self.backend_port)
            answers = probe.run(self.cluster, "127.0.0.1", self.port, LOADED_PROBES, first=self.o.probes)
        self.add(f"route created to first 200 while {self.o.routes:,} churn, mean", answers.mean, "ms", None if self.mean is None else 1.5 * self.mean)
        self.add("the same, slowest", answers.most, "ms", 1.5 * 50)
        self.add("answers beside 404 and 200", sum(answers.wrong.values()), "", 0)

    def plane(self):
        controller, proxy, seconds = self.cluster.controller.pid, self.proxy.process.pid, self.o.minutes * 60
        samples = []
        with churn.Churn(self.cluster, self.backend_port, self.o.routes):
            time.sleep(10)
            sent, start = self._sent(), time.monotonic()
            used = [usage.cpu_ns(pid) for pid in (controller, proxy)]
            sampling = Every(5, lambda _: samples.append([usage.memory_kb(pid) for pid in (controller, proxy)]))
            time.sleep(seconds)
            sampling.stop()
            seconds = time.monotonic() - start
            cores = [(usage.cpu_ns(pid) - before) / 1e9 / seconds for pid, before in zip((controller, proxy), used)]
            sent = self._sent() - sent
        private, resident = [max(one[1][key] for one in samples) / 1024 for key in ("RssAnon", "VmRSS")]
        self.add(f"proxy with {self.o.routes:,} routes and backends, churning: private, most", private, "MB", 46)
        self.add("the same, resident", resident, "MB", private + 30)
        self.add("growth of the proxy's private memory, last third over first", self._growth(samples, 1, "RssAnon"), "%", 5)
        self.add("CPU of the proxy", cores[1], "cores", 0.005, below=True)
        self.add("controller, resident, most", max(one[0]["VmRSS"] for one in samples) / 1024, "MB", 150, below=True)
        self.add("growth of the controller's resident memory, last third over first", self._growth(samples, 0, "VmRSS"), "%", 5)
        self.add("CPU of the controller", cores[0], "cores", 0.05, below=True)
        self.add("sent to the proxy", sent / seconds / 1000, "kB/s", 110, below=True)

    @staticmethod
    def _growth(samples, process, key):
        third = max(1, len(samples) // 3)
        first, last = (sum(one[process][key] for one in part) / len(part) for part in (samples[:third], samples[-third:]))
        return max(0.0, (last / first - 1) * 100)

    def _sent(self):
        """Bytes that the controller's configuration streams have sent, by its metrics."""
        text = net.get(self.cluster.admin, "/metrics")[1].decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith("sluice_config_stream_sent_bytes_total"))

    def attached(self):
        seconds, writes = attached.run(self.cluster)
        self.add(f"attachedRoutes of {attached.ROUTES:,} created routes, right after the last", seconds, "s", 1)
        self.add("writes of the Gateway's status meanwhile", writes, "", 50)

    def foreign(self):
        cores, _ = foreign.run(self.cluster)
        self.add(f"{foreign.ROUTES:,} routes of another controller changing: CPU of the controller", cores, "cores", 0.01, below=True)

    def flips(self):
        tallies = flips.run(self.cluster, self.port, self.o.flips)
        for tally in tallies:
            for example in tally.examples:
                print(f"failed: {tally.name}: {example}")
        self.add(f"{self.o.flips:,} flips under load: failed", sum(tally.failed for tally in tallies), "", 0)
        self.add("dropped connections", sum(tally.dropped for tally in tallies), "", 0)
        for tally in tallies:
            self.add(tally.name, tally.done, "")

    def failover(self):
        failures, recoveries = failover.run(self.cluster, self.port, self.o.rounds)
        self.add("failed requests in a round of failover, most", max(failures), "", 100, below=True)
        self.add("traffic back after recovery, slowest", max(recoveries), "s", 1, below=True)

    def proxies(self):
        result = simulated.run(self.cluster, self.stream_port)
        self.add(f"{simulated.PROXIES:,} simulated proxies: one change applied by all", result.seconds, "s", 1)
        self.add("controller, resident", usage.memory_kb(self.cluster.controller.pid)["VmRSS"] / 1024, "MB", 500, below=True)


def main(o):
    raise_own_priority()
    if o.kubeconfig:
        packages.need("kubectl")
    binary = sluice.published(o.sluice)
    with Processes() as processes:
        run = Run(o, processes, binary)
        prepared = False
        for part in PARTS:
            if part not in o.only:
                continue
            if part in ("load", "plane", "proxies") and not prepared:
                print(f"creating {o.routes:,} routes", flush=True)
                churn.create(run.cluster, run.backend_port, o.routes)
                prepared = True
            print(f"{part}:", flush=True)
            getattr(run, part)()
    full = o.only == PARTS and o.probes >= PROBES and o.minutes >= MINUTES and o.flips >= flips.FLIPS and o.rounds >= failover.ROUNDS
    explanation = EXPLANATION.format(probes=o.probes, loaded=LOADED_PROBES, routes=o.routes, minutes=f"{o.minutes:g}")
    return figures.publish(o, "scale", "The control plane at scale", explanation, run.figures, sluice.version(binary), full=full)


if __name__ == "__main__":
    command.run(options(), main)
