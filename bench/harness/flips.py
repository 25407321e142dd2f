"""bench/flips: configuration changes under load, none of which may fail a request or drop a socket."""

import random
import time

from harness import backend, clients, command, figures, manifests, net, sluice
from harness.failure import Failure
from harness.figures import Figure
from harness.processes import Processes

STEADY, EXTRA, SOCKETS = "steady.example.com", "extra.example.com", "sockets.example.com"
SECONDS = 300
FLIPS = 1000

EXPLANATION = """\
{flips:,} changes, one after the other, each written to a manifest and waited for at the data plane: the backendRef of a route, a
ResponseHeaderModifier filter, an additional hostname, and an additional listener of the Gateway, each put in and taken out
again. Meanwhile {keep_alive} keep-alive connections (responses of 100 B, 10 KiB and 1 MiB), a client with a new connection per
request and 8 WebSockets use a route that must always answer; every answer and every echo is checked. A keep-alive
connection or WebSocket that ends, even politely, counts as dropped."""


class Scene:
    """The manifests and the four things about them that change."""

    def __init__(self, folder, ports, blue, green, echo):
        self._folder, self._ports, self._echo, self._services = folder, ports, echo, (("blue", blue), ("green", green))
        self._state = {"backend": False, "filter": False, "hostname": False, "listener": False}
        folder.mkdir()
        (folder / "services.yaml").write_text(manifests.join(
            manifests.CLASS, *(manifests.service(name, port) for name, port in self._services), manifests.service("echo", echo)))
        self._write_gateway()
        self._write_routes()

    def flip(self, what):
        self._state[what] = not self._state[what]
        if what == "listener":
            self._write_gateway()
        else:
            self._write_routes()

    def shows(self, what):
        """Whether the data plane behaves as the manifests now say."""
        wanted = self._state[what]
        if what == "listener":
            return net.listens(self._ports[1]) == wanted
        if what == "hostname":
            return net.get(self._ports[0], "/", EXTRA)[0] == (200 if wanted else 404)
        connection = clients.Http(self._ports[0])
        with connection.socket:
            connection.send("/", STEADY, close=True)
            head, body = connection.receive(100)
        if what == "backend":
            return body.startswith(b"green" if wanted else b"blue")
        return (f"\r\n{clients.FLIP_HEADER}: on\r\n".lower().encode() in head.lower()) == wanted

    def _write_gateway(self):
        listeners = [("http", self._ports[0])] + ([("extra", self._ports[1])] if self._state["listener"] else [])
        manifests.replace(self._folder / "gateway.yaml", manifests.gateway(*listeners))

    def _write_routes(self):
        header = (clients.FLIP_HEADER, "on") if self._state["filter"] else None
        hosts = [STEADY] + ([EXTRA] if self._state["hostname"] else [])
        name = "green" if self._state["backend"] else "blue"
        manifests.replace(self._folder / "routes.yaml", manifests.join(
            manifests.route("steady", hosts, name, response_header=header),
            manifests.route("sockets", [SOCKETS], "echo", response_header=header)))


def options():
    p = command.parser("flips", "Changes the configuration under load and counts what fails.")
    p.add_argument("--flips", type=int, default=FLIPS, metavar="N", help="number of changes (default: %(default)s)")
    return p.parse_args()


def flip_all(scene, running, flips, check):
    """Returns the milliseconds that each change took to show."""
    pause, times, deadline = random.Random(20260302), [], time.monotonic() + SECONDS
    for number in range(flips):
        what = ("backend", "filter", "hostname", "listener")[number % 4]
        started = time.monotonic()
        scene.flip(what)
        net.wait_until(lambda: scene.shows(what), f"change {number + 1} ({what})", 10, check, pause=0.001)
        times.append((time.monotonic() - started) * 1000)
        if not running.check():
            raise Failure("a client process ended early")
        if time.monotonic() > deadline:
            raise Failure(f"only {number + 1} of {flips} changes within {SECONDS} s")
        time.sleep(pause.uniform(0, 0.01))
    return times


def main(o):
    sluice_command = sluice.published(o.sluice)
    echo, echo_port = clients.echo_backend()
    try:
        with Processes() as processes:
            *ports, blue, green = net.free_ports(4)
            backend.start(processes, blue, "blue", core=None)
            backend.start(processes, green, "green", core=None)
            scene = Scene(processes.folder / "manifests", ports, blue, green, echo_port)
            process, _ = sluice.start(processes, "flips", sluice_command, processes.folder / "manifests")
            running = clients.Clients(clients.keep_alive(lambda: clients.Http(ports[0]), STEADY),
                                      clients.new_connections(lambda _: clients.Http(ports[0]), STEADY),
                                      clients.websockets(ports[0], SOCKETS))
            try:
                started = time.monotonic()
                times = flip_all(scene, running, o.flips, lambda: processes.check(process))
                seconds = time.monotonic() - started
                tallies = running.finish()
            finally:
                running.end()
    finally:
        echo.terminate()
        echo.join()
    return report(o, tallies, times, seconds, sluice.version(sluice_command))


def report(o, tallies, times, seconds, version):
    for tally in tallies:
        for example in tally.examples:
            print(f"failed: {tally.name}: {example}")
    found = [Figure("changes in force", len(times), ""),
             Figure("failed requests and echoes", sum(t.failed for t in tallies), "", 0),
             Figure("dropped sockets", sum(t.dropped for t in tallies), "", 0),
             *(Figure(t.name, t.done, "") for t in tallies),
             Figure("duration", seconds, "s"), Figure("slowest change", max(times), "ms")]
    explanation = EXPLANATION.format(flips=o.flips, keep_alive=len(clients.KEEP_ALIVE))
    return figures.publish(o, "flips", "Configuration changes under load", explanation, found, version,
                           full=o.flips >= FLIPS)


if __name__ == "__main__":
    command.run(options(), main)
