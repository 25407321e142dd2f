"""bench/floods: what is left of a worker for everybody else while an attacker floods it over HTTP/2."""

import statistics

from harness import backend, command, figures, flooding, load, manifests, net, packages, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.hosts import host
from harness.processes import PROXY_CORE, Processes
from harness.scenarios import Scenario

SECONDS, ROUNDS = 2, 3
#: Share of its rate that the worker must keep.
KEPT = 0.90

EXPLANATION = """\
One worker on a core of its own, `wrk` with 64 keep-alive connections as everybody else. For each flood one attacker shares the
load generator's core: it writes batches of {batch:,} frames or requests as fast as it can, and connects again 10 ms after it was
thrown out. The figure is how many requests of everybody else the worker serves per second of its CPU time, as a share of what it
serves without the flood just before and after: medians of {rounds} rounds of {seconds} s."""


def options():
    p = command.parser("floods", "Measures what HTTP/2 floods leave of a worker.")
    p.add_argument("--flood", action="extend", nargs="+", metavar="NAME", choices=[flood.__name__ for flood in flooding.ALL])
    p.add_argument("--seconds", type=int, default=SECONDS, metavar="S", help="length of one run (default: %(default)s)")
    return p.parse_args()


def served(wrk, process, port, scenario, seconds):
    """Requests per second of the process's CPU time."""
    before = usage.cpu_ns(process.pid)
    result = wrk.run(port, scenario, seconds)
    used = usage.cpu_ns(process.pid) - before
    if result.errors:
        raise Failure(f"{result.errors} of {result.requests} requests of everybody else failed")
    return result.requests * 1e9 / used


def under(flood, wrk, process, port, scenario, seconds):
    """Share of its rate that the worker keeps, and what the attacker did."""
    shares, batches, connections = [], 0, 0
    for _ in range(ROUNDS):
        quiet = served(wrk, process, port, scenario, seconds)
        attacker = flooding.Flood(flood, port, host(0))
        try:
            flooded = served(wrk, process, port, scenario, seconds)
            done = attacker.finish()
        finally:
            attacker.end()
        again = served(wrk, process, port, scenario, seconds)
        shares.append(flooded / statistics.mean((quiet, again)))
        batches, connections = batches + done[0], connections + done[1]
    return statistics.median(shares), batches / ROUNDS, connections / ROUNDS


def main(o):
    sluice_command = sluice.published(o.sluice)
    wrk = load.Wrk(*packages.need("wrk"))
    scenario = Scenario("floods", "")
    chosen = [flood for flood in flooding.ALL if not o.flood or flood.__name__ in o.flood]
    found = []
    with Processes() as processes:
        [backend_port] = net.free_ports(1)
        backend.start(processes, backend_port)
        [port] = net.free_ports(1)
        file = processes.folder / "floods.yaml"
        file.write_text(manifests.join(manifests.CLASS, manifests.gateway(("http", port)), manifests.service("backend", backend_port),
                                       manifests.numbered_route(0, "backend")))
        process, _ = sluice.start(processes, "floods", sluice_command, file, PROXY_CORE, ["--workers", "1"])
        for _ in range(3):
            wrk.run(port, scenario, 2)
        for flood in chosen:
            name = flood.__name__.replace("_", " ")
            print(f"measuring {name}", flush=True)
            share, batches, connections = under(flood, wrk, process, port, scenario, o.seconds)
            processes.check(process)
            found.append(Figure(f"{name}: rate lost", max(0.0, (1 - share) * 100), "%", (1 - KEPT) * 100))
            found.append(Figure(f"{name}: batches written, connections used", batches, f"and {figures.number(connections)}"))
    explanation = EXPLANATION.format(batch=flooding.BATCH, rounds=ROUNDS, seconds=o.seconds)
    return figures.publish(o, "floods", "HTTP/2 floods", explanation, found, sluice.version(sluice_command),
                           full=not o.flood and o.seconds >= SECONDS)


if __name__ == "__main__":
    command.run(options(), main)
