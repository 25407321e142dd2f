"""bench/scale: the control plane and the configuration of proxies at scale, by the procedures of the public gateway-api-bench."""

import sys

from harness import backend, command, figures, net, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.kube import attached, churn, failover, flips, foreign, plane, probe, simulated
from harness.kube.cluster import Cluster, Kubelet
from harness.processes import Processes, raise_own_priority

#: In the order of the table.
PARTS = ["probe", "load", "flips", "plane", "attached", "foreign", "failover", "proxies"]
#: In the order of running: those that want many routes come last, on a controller and a proxy that were just started.
FEW_ROUTES = ["probe", "attached", "foreign", "flips", "failover"]
MANY_ROUTES = ["plane", "load", "proxies"]
PROBES, ROUTES, MINUTES = 3000, churn.NAMESPACES * churn.PER_NAMESPACE, 5
MEAN_MS, MOST_MS, UNDER_LOAD, PRIVATE_MB = 10, 50, 1.5, 46

EXPLANATION = """\
Every process is Sluice's own: the embedded API server without persistence (or the one that --kubeconfig names), the controller with
infrastructure "kubernetes" (one process, no leader election), and one proxy, started as its Deployment says in place of a kubelet, on loopback.
Two cores share all of it with the load. Probes: a route is created and asked for every 5 ms until it answers 200, {probes:,} times one after the
other; then again while {routes:,} routes with a Service and an EndpointSlice each churn: one route edited every second, one EndpointSlice every
two. Memory (every 5 s, from smaps_rollup), CPU and the bytes that the proxy's connection has acknowledged (from the kernel) are taken over
{minutes} minutes of that churn, by a controller and a proxy started before the {routes:,} routes were created. Growth is the slope of a line through the last
two thirds; flat is a rise of at most {flat:.0%} over them. Flips: backendRef and filter of an HTTPRoute, of one of WebSockets and of a GRPCRoute every 200 ms under
clients of HTTP/1.1, HTTP/2, WebSocket and gRPC streams that check every answer; a connection that ends counts as dropped. Foreign routes
change {foreign} times a second. Failover: one of four endpoints refuses connections for 22 of every 44 s, without a retry in the routes, under one
request every 5 ms over 256 rules; a round is both phases. Simulated proxies hold a TLS stream each and answer every update; a
change has come to all when the last of them has it, counted from before it is written to the API, the slowest of {changes}."""


def options():
    p = command.parser("scale", "Measures the control plane at scale against an API server.")
    p.add_argument("--kubeconfig", metavar="FILE", help="an API server with the Gateway API's CRDs (default: the embedded API)")
    p.add_argument("--backends", metavar="ADDRESS", help="of this machine, for the backends (default: 127.0.0.1, which no API server but the embedded one takes; with --kubeconfig this machine's own)")
    p.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=f"some of {', '.join(PARTS)}")
    p.add_argument("--probes", type=_positive, default=PROBES, metavar="N", help="routes created one by one (default: %(default)s)")
    p.add_argument("--routes", type=_positive, default=ROUTES, metavar="N", help="routes that churn, and foreign ones (default: %(default)s)")
    p.add_argument("--minutes", type=float, default=MINUTES, metavar="M", help="of churn for memory and CPU (default: %(default)s)")
    p.add_argument("--flips", type=_positive, default=flips.FLIPS, metavar="N", help="changes under load (default: %(default)s)")
    p.add_argument("--rounds", type=_positive, default=failover.ROUNDS, metavar="N", help="rounds of failover (default: %(default)s)")
    p.add_argument("--proxies", type=_positive, default=simulated.PROXIES, metavar="N", help="simulated proxies (default: %(default)s)")
    return p.parse_args()


def _positive(text):
    value = int(text)
    if value < 1:
        raise ValueError
    return value


class Run:
    """One API server with controller and proxy, and the figures so far."""

    def __init__(self, o, cluster):
        self.o, self.cluster, self.figures, self.failed = o, cluster, {part: [] for part in PARTS}, []
        self.port, self.backend_port, self.stream_port = net.free_ports(3)
        self._part = self._probed = self.proxy = None
        backend.start(cluster.processes, self.backend_port, "blue", core=None, address=cluster.backends)
        cluster.clean()
        cluster.prepare(self.port)

    def parts(self, names):
        """Measures some parts, with a new controller and a new proxy. What cannot be measured costs its part only."""
        names = [name for name in names if name in self.o.only]
        if not names:
            return
        self._start()
        if names[0] in MANY_ROUTES:
            print(f"creating {self.o.routes:,} routes", flush=True)
            churn.create(self.cluster, self.backend_port, self.o.routes)
            host = churn.host(self.o.routes - 1)
            net.wait_until(lambda: net.get(self.port, "/", host)[0] == 200, "an answer of the last of many routes", 60, self.check)
        for self._part in names:
            print(f"{self._part}:", flush=True)
            try:
                getattr(self, self._part)()
            except Failure as failure:
                self.failed.append(f"{self._part}: {failure}")
                print(f"  not measured: {failure}", file=sys.stderr, flush=True)
                self.check()

    def _start(self):
        stream = f"127.0.0.1:{self.stream_port}"
        if self.proxy:
            self.proxy.stop()
            self.cluster.stop_controller()
        self.cluster.start_controller("--infrastructure", "kubernetes", "--leader-election", "off", "--config-stream", stream, "--config-stream-address", stream)
        if self.proxy:
            self.proxy.start()
        else:
            self.proxy = Kubelet(self.cluster)
            self.proxy.wait_ready()
        self.cluster.wait_for_gateway()

    def check(self):
        self.cluster.check()
        for process in (self.cluster.controller, self.proxy.process):
            self.cluster.processes.check(process)

    def add(self, name, value, unit, target=None, below=False):
        self.figures[self._part].append(Figure(name, value, unit, target, below))
        print(f"  {name}: {figures.number(value)} {unit}".rstrip(), flush=True)

    def _answers(self, what, mean, most):
        probe.prepare(self.cluster, self.backend_port)
        processes = {"API server": self.cluster.server, "controller": self.cluster.controller, "proxy": self.proxy.process}
        before = {name: usage.cpu_ns(process.pid) for name, process in processes.items()}
        try:
            answers = probe.run(self.cluster, self.port, self.o.probes)
            used = {name: (usage.cpu_ns(process.pid) - before[name]) / 1e6 / self.o.probes for name, process in processes.items()}
        finally:
            probe.clear(self.cluster)
        print("  CPU per route: " + ", ".join(f"{name} {ms:.2f} ms" for name, ms in used.items()), flush=True)
        self.add(f"{what}, mean", answers.mean, "ms", mean, below=True)
        self.add("the same, slowest", answers.most, "ms", most, below=True)
        self.add("answers beside 404 and 200" + "".join(f", {code}: {count:,}" for code, count in sorted(answers.wrong.items())), sum(answers.wrong.values()), "", 0)
        return answers

    def probe(self):
        self._probed = self._answers(f"route created to first 200, {self.o.probes:,} one by one", MEAN_MS, MOST_MS)

    def load(self):
        mean, most = (self._probed.mean, self._probed.most) if self._probed else (MEAN_MS, MOST_MS)
        with churn.Churn(self.cluster, self.o.routes):
            self._answers(f"the same while {self.o.routes:,} routes churn", UNDER_LOAD * mean, UNDER_LOAD * most)

    def flips(self):
        tallies, seen = flips.run(self.cluster, self.port, self.o.flips)
        for tally in tallies:
            for example in tally.examples:
                print(f"  failed: {tally.name}: {example}")
        self.add(f"{self.o.flips:,} flips under load: failed", sum(tally.failed for tally in tallies), "", 0)
        self.add("dropped connections and streams", sum(tally.dropped for tally in tallies), "", 0)
        self.add("flips in force before the next", seen, "")
        for tally in tallies:
            self.add(tally.name, tally.done, "")

    def plane(self):
        controller, proxy = self.cluster.controller.pid, self.proxy.process.pid
        with churn.Churn(self.cluster, self.o.routes):
            used = plane.measure(controller, proxy, self.stream_port, self.o.minutes * 60)
        private, resident = used.proxy.private, used.proxy.resident
        self.add(f"proxy with {self.o.routes:,} routes and backends, churning: private, most", private.most, "MB", PRIVATE_MB)
        self.add("the same, resident", resident.most, "MB", PRIVATE_MB + 30)
        self.add("growth of the proxy's private memory", private.per_hour, "MB/h", private.per_hour_if_flat)
        self.add("CPU of the proxy", used.proxy_cores, "cores", 0.005, below=True)
        resident = used.controller.resident
        self.add("controller, resident, most", resident.most, "MB", 150, below=True)
        self.add("growth of the controller's resident memory", resident.per_hour, "MB/h", resident.per_hour_if_flat)
        self.add("CPU of the controller", used.controller_cores, "cores", 0.05, below=True)
        self.add("bytes to the proxy", used.sent_per_second / 1000, "kB/s", 110, below=True)
        self.add("since the start, resident, most: proxy", usage.peak_resident_kb(proxy) / 1024, "MB")
        self.add("since the start, resident, most: controller", usage.peak_resident_kb(controller) / 1024, "MB")

    def attached(self):
        seconds, writes = attached.run(self.cluster)
        self.add(f"attachedRoutes of {attached.ROUTES:,} created routes, right after the last", seconds, "s", 1)
        self.add("writes of the Gateway's status meanwhile", writes, "", 50)

    def foreign(self):
        cores, per_second = foreign.run(self.cluster, self.o.routes)
        self.add(f"{self.o.routes:,} routes of another controller changing: CPU of the controller", cores, "cores", 0.01, below=True)
        self.add("changes of them per second", per_second, "")

    def failover(self):
        failures, recoveries, shares = failover.run(self.cluster, self.port, self.o.rounds)
        self.add(f"failed requests in a round of failover, most of {self.o.rounds}", max(failures), "", 100, below=True)
        self.add("traffic back after recovery, slowest", max(recoveries), "s", 1, below=True)
        self.add("share of the recovered backend, least (even: 25)", min(shares), "%")

    def proxies(self):
        seconds, resident = simulated.run(self.cluster, self.proxy, self.o.proxies)
        self.add(f"{self.o.proxies:,} simulated proxies, {self.o.routes:,} routes: one change applied by all", seconds, "s", 1)
        self.add("controller, resident, most", resident, "MB", 500, below=True)

    @property
    def is_full(self):
        o = self.o
        asked = (o.probes, o.routes, o.minutes, o.flips, o.rounds, o.proxies)
        least = (PROBES, ROUTES, MINUTES, flips.FLIPS, failover.ROUNDS, simulated.PROXIES)
        return set(o.only) == set(PARTS) and not self.failed and all(one >= other for one, other in zip(asked, least))


def main(o):
    raise_own_priority()
    binary = sluice.published(o.sluice)
    if "proxies" in o.only:
        sluice.proxy_load()  # before anything is measured
    with Processes() as processes:
        cluster = Cluster(processes, binary, o.kubeconfig, o.backends)
        try:
            run = Run(o, cluster)
            run.parts(FEW_ROUTES)
            run.parts(MANY_ROUTES)
        finally:
            cluster.clean()
    explanation = EXPLANATION.format(probes=o.probes, routes=o.routes, minutes=f"{o.minutes:g}", flat=plane.FLAT, foreign=foreign.PER_SECOND, changes=simulated.CHANGES)
    found = [figure for part in PARTS for figure in run.figures[part]]
    reached = figures.publish(o, "scale", "The control plane at scale", explanation, found, sluice.version(binary), full=run.is_full)
    if run.failed:
        raise Failure("; ".join(run.failed))
    return reached


if __name__ == "__main__":
    command.run(options(), main)
