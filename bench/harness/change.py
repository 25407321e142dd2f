"""bench/change: one changed route among 5,000 until the data plane answers with it."""

import random
import socket
import statistics
import time

from harness import backend, command, figures, manifests, net, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.hosts import host
from harness.processes import Processes, raise_own_priority

ROUTES = 5000
TARGET_P99_MS = 50
WORKER_THREADS = "sluice-worker"
HEADER = "X-Version"
CHANGES = 500

EXPLANATION = """\
{changes} changes, each to one random route of {routes:,} (one file per route with its Service and EndpointSlice): the value of a
ResponseHeaderModifier filter is rewritten, the file renamed into place, and the route asked in a tight loop over one
connection until the new value shows. The time starts before the file is written and includes the debounce; no change is
left out. Control-plane CPU is the run time of all threads but the workers, from the first change to the last, divided by
the changes."""


def options():
    p = command.parser("change", "Measures the time from one changed file to the first new answer.")
    p.add_argument("--changes", type=int, default=CHANGES, metavar="N", help="number of changes, at least 200 for a p99 (default: %(default)s)")
    return p.parse_args()


class Poller:
    """Asks one host again and again over one connection."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), 5)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def wait_for(self, name, version, seconds=10):
        """Returns when an answer carries this version, and how many requests it took."""
        request = f"GET / HTTP/1.1\r\nHost: {name}\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n".encode()
        wanted = f"\r\n{HEADER}: {version}\r\n".lower().encode()
        deadline, asked = time.monotonic() + seconds, 0
        while time.monotonic() < deadline:
            self._socket.sendall(request)
            head = self._answer()
            asked += 1
            if wanted in head:
                return asked
        raise Failure(f"{name} did not answer with {HEADER}: {version} within {seconds} s")

    def _answer(self):
        data = b""
        while True:
            part = self._socket.recv(65536)
            if not part:
                raise Failure("the proxy closed the connection")
            data += part
            end = data.find(b"\r\n\r\n")
            if end >= 0 and len(data) - end - 4 >= 100:
                break
        if not data.startswith(b"HTTP/1.1 200 "):
            raise Failure(f"unexpected answer while a route changes: {data[:200]!r}")
        return data[:end + 2].lower()


def control_plane_ns(pid):
    """Run time of all threads but the workers, or None when the workers cannot be told from the rest."""
    threads = usage.thread_cpu_ns(pid)
    workers = sum(ns for (_, name), ns in threads.items() if name.startswith(WORKER_THREADS))
    return usage.cpu_ns(pid) - workers if workers else None


def measure(processes, sluice_command, folder, port, endpoint_port, changes):
    process, _ = sluice.start(processes, "change", sluice_command, folder)
    poller, chosen = Poller(port), random.Random(20260302)
    times, cpu = [], control_plane_ns(process.pid)
    for version in range(1, changes + 1):
        index = chosen.randrange(ROUTES)
        started = time.monotonic()
        manifests.write_numbered_route(folder, index, endpoint_port, response_header=(HEADER, version))
        poller.wait_for(host(index), version)
        times.append((time.monotonic() - started) * 1000)
        time.sleep(chosen.uniform(0, 0.02))  # so that the next change does not keep step with a timer
    per_change_ms = None if cpu is None else (control_plane_ns(process.pid) - cpu) / 1e6 / changes
    return times, per_change_ms


def main(o):
    raise_own_priority()
    sluice_command = sluice.published(o.sluice)
    with Processes() as processes:
        folder, [port, endpoint_port] = processes.folder / "routes", net.free_ports(2)
        backend.start(processes, endpoint_port)
        manifests.write_numbered(folder, ROUTES, port, endpoint_port)
        times, cpu_ms = measure(processes, sluice_command, folder, port, endpoint_port, o.changes)
    p99 = statistics.quantiles(times, n=100, method="inclusive")[98]
    found = [Figure("file written to new answer, p50", statistics.median(times), "ms"),
             Figure("file written to new answer, p99", p99, "ms", TARGET_P99_MS, below=True),
             Figure("file written to new answer, slowest", max(times), "ms"),
             Figure("first change after start", times[0], "ms")]
    if cpu_ms is None:
        print(f"no thread is named {WORKER_THREADS}-N, so control-plane CPU cannot be told from the workers' and is left out")
    else:
        found.append(Figure("control-plane CPU per change", cpu_ms, "ms"))
    explanation = EXPLANATION.format(changes=o.changes, routes=ROUTES)
    return figures.publish(o, "change", "One changed route among 5,000", explanation, found, sluice.version(sluice_command),
                           full=o.changes >= CHANGES)


if __name__ == "__main__":
    command.run(options(), main)
