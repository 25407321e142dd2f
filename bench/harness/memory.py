"""bench/memory: resident and private memory of Sluice as published."""

import select
import socket
import time

from harness import backend, command, figures, load, manifests, net, packages, paths, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.hosts import host
from harness.processes import Processes, raise_descriptor_limit
from harness.scenarios import Scenario

ROUTES = 5000
CONNECTIONS = 10000
RESIDENT_EXTRA_MB = 30
QUICKSTART_MB, ROUTES_MB, CONNECTION_BYTES = 15, 46, 1024
SETTLE = 10

EXPLANATION = """\
Default options (one worker per core). Private is RssAnon, resident is VmRSS. Read {settle} s after readiness without any
traffic in between; "after load" is {settle} s after 3 s of small requests to every hostname. The 5,000 HTTPRoutes have a
Service with one EndpointSlice each, one file per route. Per idle connection: growth of RssAnon over {connections:,} client
connections that made one request each and stay open, divided by their number, counted from a process that had answered
1,000 requests on one connection."""


def options():
    p = command.parser("memory", "Measures the memory of Sluice as published.")
    p.add_argument("--settle", type=int, default=SETTLE, metavar="S", help="seconds to wait before reading (default: %(default)s)")
    return p.parse_args()


def pair(name, memory, limit_mb=None):
    private, resident = memory["RssAnon"] / 1024, memory["VmRSS"] / 1024
    return [Figure(f"{name}, private", private, "MB", limit_mb),
            Figure(f"{name}, resident", resident, "MB", limit_mb and limit_mb + RESIDENT_EXTRA_MB)]


def quickstart(processes, sluice_command, settle):
    if not paths.QUICKSTART.exists():
        raise Failure(f"no example at {paths.QUICKSTART}")
    offset = net.free_ports(1)[0] - 8080
    process, _ = sluice.start(processes, "quickstart", sluice_command, paths.QUICKSTART, options=["--port-offset", str(offset)])
    time.sleep(settle)
    found = pair("quickstart", usage.memory_kb(process.pid), QUICKSTART_MB)
    processes.stop(process)
    return found


def many_routes(processes, sluice_command, backend_port, settle):
    folder, [port] = processes.folder / "routes", net.free_ports(1)
    manifests.write_numbered(folder, ROUTES, port, backend_port)
    process, _ = sluice.start(processes, "many-routes", sluice_command, folder)
    time.sleep(settle)
    found = pair("5,000 HTTPRoutes, 5,000 Services", usage.memory_kb(process.pid), ROUTES_MB)
    [wrk] = packages.need("wrk")
    result = load.Wrk(wrk).run(port, Scenario("memory", "", routes=ROUTES), 3)
    if result.errors:
        raise Failure(f"{result.errors} of {result.requests} requests to 5,000 hostnames failed")
    time.sleep(settle)
    found += pair("the same after load", usage.memory_kb(process.pid))
    processes.stop(process)
    return found


def idle_connections(processes, sluice_command, backend_port, settle):
    limit = raise_descriptor_limit()
    if limit < CONNECTIONS + 200:
        raise Failure(f"{CONNECTIONS} connections need more than {limit} file descriptors (ulimit -n)")
    [port] = net.free_ports(1)
    file = processes.folder / "idle.yaml"
    file.write_text(manifests.join(manifests.CLASS, manifests.gateway(("http", port)), manifests.service("backend", backend_port),
                                   manifests.numbered_route(0, "backend")))
    process, _ = sluice.start(processes, "idle", sluice_command, file)
    connections = []
    try:
        connections.append(connect(port))
        for _ in range(1000):
            request(connections[0])
        time.sleep(settle)
        before = usage.memory_kb(process.pid)["RssAnon"]
        while len(connections) < CONNECTIONS:
            connections.append(connect(port))
            request(connections[-1])
        time.sleep(settle)
        grown = usage.memory_kb(process.pid)["RssAnon"] - before
        closed = len(readable(connections))
        for connection in connections[::100]:
            request(connection)
    finally:
        for connection in connections:
            connection.close()
    processes.stop(process)
    if closed:
        raise Failure(f"{closed} of {CONNECTIONS} idle connections were closed by the proxy")
    return [Figure(f"private per idle connection, {CONNECTIONS:,} open", grown * 1024 / CONNECTIONS, "bytes", CONNECTION_BYTES)]


def connect(port):
    return socket.create_connection(("127.0.0.1", port), 5)


def request(connection):
    connection.sendall(f"GET / HTTP/1.1\r\nHost: {host(0)}\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer or len(answer) - answer.index(b"\r\n\r\n") - 4 < 100:
        part = connection.recv(65536)
        if not part:
            raise Failure("the proxy closed an idle connection")
        answer += part
    if not answer.startswith(b"HTTP/1.1 200 "):
        raise Failure(f"unexpected answer: {answer[:100]!r}")


def readable(connections):
    poll = select.poll()
    for connection in connections:
        poll.register(connection, select.POLLIN)
    return poll.poll(0)


def main(o):
    sluice_command = sluice.published(o.sluice)
    [backend_port] = net.free_ports(1)
    with Processes() as processes:
        backend.start(processes, backend_port)
        found = quickstart(processes, sluice_command, o.settle)
        found += many_routes(processes, sluice_command, backend_port, o.settle)
        found += idle_connections(processes, sluice_command, backend_port, o.settle)
    explanation = EXPLANATION.format(settle=o.settle, connections=CONNECTIONS)
    return figures.publish(o, "memory", "Memory", explanation, found, sluice.version(sluice_command),
                           full=o.settle >= SETTLE)


if __name__ == "__main__":
    command.run(options(), main)
