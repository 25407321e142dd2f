"""bench/memory: resident and private memory of Sluice as published, with idle connections next to nginx and HAProxy."""

import select
import socket
import struct
import time

from harness import backend, command, figures, h2client, haproxy, load, manifests, net, nginx, packages, paths, releases, sluice, usage
from harness.failure import Failure
from harness.figures import Figure
from harness.hosts import host
from harness.processes import Processes, raise_descriptor_limit
from harness.scenarios import Scenario

ROUTES = 5000
CONNECTIONS = 10000
H2_CONNECTIONS = 1000
STALLED, STREAMS = 1000, 50
#: What may wait for one slow stream, see the limits in docs/reference.
STALLED_KB = 256
RESIDENT_EXTRA_MB = 30
QUICKSTART_MB, ROUTES_MB, CONNECTION_BYTES = 15, 46, 1024
SETTLE = 10

EXPLANATION = """\
Default options (one worker per core). Private is RssAnon, resident is VmRSS. Read {settle} s after readiness without any
traffic in between; "after load" is {settle} s after 3 s of small requests to every hostname. The 5,000 HTTPRoutes have a
Service with one EndpointSlice each, one file per route. Per idle connection: growth of RssAnon over {connections:,} HTTP/1.1
(and then {h2_connections:,} HTTP/2) client connections that made one request each and stay open, divided by their number,
counted from a process that had answered 1,000 requests on one connection. The peers hold the same connections with as many
workers (nginx) or threads (HAProxy) as there are cores, as Sluice does, and room for 12,000 connections; pages that nginx's
processes share are counted once."""


def options():
    p = command.parser("memory", "Measures the memory of Sluice as published.")
    p.add_argument("--settle", type=int, default=SETTLE, metavar="S", help="seconds to wait before reading (default: %(default)s)")
    releases.add_options(p)
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


def idle_connections(processes, sluice_command, peer_files, backend_port, settle):
    """Figures for Sluice, and what the peers use for the same."""
    limit = raise_descriptor_limit()
    if limit < CONNECTIONS + H2_CONNECTIONS + 200:
        raise Failure(f"{CONNECTIONS + H2_CONNECTIONS} connections need more than {limit} file descriptors (ulimit -n)")
    [port] = net.free_ports(1)
    file = processes.folder / "idle.yaml"
    file.write_text(manifests.join(manifests.CLASS, manifests.gateway(("http", port)), manifests.service("backend", backend_port),
                                   manifests.numbered_route(0, "backend")))
    process, _ = sluice.start(processes, "idle", sluice_command, file)
    fresh, http1, both = hold(processes, process, port, port, settle)
    per_http1 = (http1["RssAnon"] - fresh["RssAnon"]) * 1024 / CONNECTIONS
    per_h2 = (both["RssAnon"] - http1["RssAnon"]) * 1024 / H2_CONNECTIONS
    peers = [of_peer(processes, module, binary, backend_port, settle) for module, binary in zip((nginx, haproxy), peer_files)]
    smallest = min(memory["RssAnon"] for memory in peers) / 1024
    held = f"{CONNECTIONS:,} idle HTTP/1.1 and {H2_CONNECTIONS:,} idle HTTP/2 connections"
    found = [
        Figure(f"private per idle HTTP/1.1 connection, {CONNECTIONS:,} open", per_http1, "bytes", CONNECTION_BYTES),
        Figure(f"private per idle HTTP/2 connection, {H2_CONNECTIONS:,} open", per_h2, "bytes"),
        Figure(f"{held}, private", both["RssAnon"] / 1024, "MB", smallest, below=True),
        Figure("the same, resident", both["VmRSS"] / 1024, "MB"),
    ]
    for module, binary, memory in zip((nginx, haproxy), peer_files, peers):
        name = f"{_name(module)} {module.version(binary)}"
        found += [Figure(f"the same at {name}, private", memory["RssAnon"] / 1024, "MB"),
                  Figure(f"the same at {name}, resident", memory["VmRSS"] / 1024, "MB")]
    return found


def _name(module):
    return module.__name__.rpartition(".")[2]


def of_peer(processes, module, binary, backend_port, settle):
    """Memory of a peer with all connections open. nginx serves HTTP/2 on a port of its own."""
    process, port, h2_port = module.start_both(processes, f"idle-{_name(module)}", binary, backend_port)
    return hold(processes, process, port, h2_port, settle)[2]


def hold(processes, process, port, h2_port, settle):
    """Opens all connections, each with one request behind it. Memory (fresh, with HTTP/1.1, with both)."""
    connections, streams = [], []
    try:
        connections.append(connect(port))
        for _ in range(1000):
            request(connections[0])
        time.sleep(settle)
        fresh = usage.family_memory_kb(process.pid)
        while len(connections) < CONNECTIONS:
            connections.append(connect(port))
            request(connections[-1])
        time.sleep(settle)
        http1 = usage.family_memory_kb(process.pid)
        while len(streams) < H2_CONNECTIONS:
            streams.append(h2client.Connection(h2_port))
            streams[-1].get(1, host(0))
        time.sleep(settle)
        both = usage.family_memory_kb(process.pid)
        processes.check(process)
        closed = len(readable(connections))
        if closed:
            raise Failure(f"{closed} of {CONNECTIONS} idle connections were closed by the proxy")
        for connection in connections[::100]:
            request(connection)
        for connection in streams[::10]:
            connection.get(3, host(0))
    finally:
        for connection in connections + streams:
            connection.close()
    processes.stop(process)
    return fresh, http1, both


def stalled_streams(processes, sluice_command, backend_port, settle):
    """What waits in Sluice for clients that take nothing, and for backends that take nothing."""
    silent = socket.create_server(("127.0.0.1", 0), backlog=STALLED + 10)
    [port] = net.free_ports(1)
    file = processes.folder / "stalled.yaml"
    file.write_text(manifests.join(
        manifests.CLASS, manifests.gateway(("http", port)), manifests.service("backend", backend_port),
        manifests.service("silent", silent.getsockname()[1]), manifests.numbered_route(0, "backend"), manifests.numbered_route(1, "silent")))
    process, _ = sluice.start(processes, "stalled", sluice_command, file)
    no_window = struct.pack(">HI", h2client.INITIAL_WINDOW_SIZE, 0)
    h2client.Connection(port).get(1, host(0))
    time.sleep(settle)
    fresh = usage.memory_kb(process.pid)["RssAnon"]
    readers = [h2client.Connection(port, no_window) for _ in range(STALLED // STREAMS)]
    for connection in readers:
        connection.send(*(h2client.frame(h2client.HEADERS, h2client.END_HEADERS | h2client.END_STREAM, 1 + 2 * i, h2client.head(host(0), "/1m"))
                          for i in range(STREAMS)))
    for connection in readers:
        heads = 0
        while heads < STREAMS:
            heads += connection.read()[0] == h2client.HEADERS
    time.sleep(settle)
    reading = usage.memory_kb(process.pid)["RssAnon"] - fresh
    for connection in readers:
        connection.close()
    time.sleep(settle)

    fresh = usage.memory_kb(process.pid)["RssAnon"]
    writers = []
    for _ in range(STALLED // STREAMS):
        # One after the other: a connection without a request would not wait for its turn.
        writers.append(h2client.Connection(port))
        writers[-1].upload_all_that_is_taken(host(1), STREAMS)
    time.sleep(settle)
    writing = usage.memory_kb(process.pid)["RssAnon"] - fresh
    for connection in writers:
        connection.close()
    silent.close()
    processes.stop(process)
    return [Figure(f"private per stalled download, {STALLED:,} streams of 1 MiB", reading / STALLED, "KB", STALLED_KB),
            Figure(f"private per stalled upload, {STALLED:,} streams without end", writing / STALLED, "KB", STALLED_KB)]


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
    peer_files = releases.chosen(o)
    sluice_command = sluice.published(o.sluice)
    [backend_port] = net.free_ports(1)
    with Processes() as processes:
        backend.start(processes, backend_port)
        found = quickstart(processes, sluice_command, o.settle)
        found += many_routes(processes, sluice_command, backend_port, o.settle)
        found += idle_connections(processes, sluice_command, peer_files, backend_port, o.settle)
        found += stalled_streams(processes, sluice_command, backend_port, o.settle)
    explanation = EXPLANATION.format(settle=o.settle, connections=CONNECTIONS, h2_connections=H2_CONNECTIONS)
    return figures.publish(o, "memory", "Memory", explanation, found, sluice.version(sluice_command),
                           full=o.settle >= SETTLE)


if __name__ == "__main__":
    command.run(options(), main)
