"""bench/startup: from exec to ready with 5,000 routes."""

import statistics
import time

from harness import command, figures, manifests, net, sluice
from harness.figures import Figure
from harness.processes import Processes, raise_own_priority

ROUTES = 5000
TARGET_MS = 2000
RUNS = 5

EXPLANATION = """\
From just before exec until `/readyz` answers 200 (asked every 2 ms), {runs} runs, warm page cache. {routes:,} HTTPRoutes with a
Service and an EndpointSlice each, in one file per route."""


def options():
    p = command.parser("startup", "Measures the time from exec to ready with 5,000 HTTPRoutes.")
    p.add_argument("--runs", type=int, default=RUNS, metavar="N", help="number of starts (default: %(default)s)")
    return p.parse_args()


def start_once(processes, sluice_command, folder, number):
    started = time.monotonic()
    process, admin = sluice.launch(processes, f"startup-{number}", sluice_command, folder)
    net.wait_until(lambda: sluice.ready(admin), "readiness", 60, lambda: processes.check(process), pause=0.002)
    elapsed = (time.monotonic() - started) * 1000
    processes.stop(process)
    return elapsed


def main(o):
    raise_own_priority()
    sluice_command = sluice.published(o.sluice)
    with Processes() as processes:
        folder, [port, endpoint] = processes.folder / "routes", net.free_ports(2)
        manifests.write_numbered(folder, ROUTES, port, endpoint)
        times = [start_once(processes, sluice_command, folder, number) for number in range(o.runs)]
    found = [Figure("start to ready, median", statistics.median(times), "ms", TARGET_MS, below=True),
             Figure("start to ready, slowest", max(times), "ms", TARGET_MS, below=True)]
    explanation = EXPLANATION.format(runs=o.runs, routes=ROUTES)
    return figures.publish(o, "startup", "Start to ready", explanation, found, sluice.version(sluice_command),
                           full=o.runs >= RUNS)


if __name__ == "__main__":
    command.run(options(), main)
