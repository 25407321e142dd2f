"""A route whose backendRef and filter flip every 200 ms while clients of four kinds use it: none may notice."""

import time

from harness import backend, clients, net, websocket
from harness.failure import Failure
from harness.kube import objects, streams
from harness.kube.cluster import GATEWAY, SPACE

FLIPS, EVERY = 1000, 0.2
HTTP, SOCKETS, CALLS = "flip.example.com", "sockets.example.com", "calls.example.com"
NAMESPACE = "bench-flips"


class Scene:
    def __init__(self, cluster, blue, green, echo, calls):
        self._api = cluster.api
        self._api.ensure(objects.namespace(NAMESPACE))
        parents = [objects.parent(GATEWAY, SPACE)]
        # Two ports of one Service, as the original procedure has it: 80 without a filter, 8080 with one.
        self._api.create(objects.service("flip", NAMESPACE, (("blue", 80), ("green", 8080))))
        self._api.create(objects.endpoint_slice("flip", NAMESPACE, [cluster.backends], [("blue", blue), ("green", green)]))
        for name, port, protocol in (("sockets", echo, None), ("calls", calls, "kubernetes.io/h2c")):
            self._api.create(objects.service(name, NAMESPACE, (("blue", 80), ("green", 8080)), protocol))
            self._api.create(objects.endpoint_slice(name, NAMESPACE, [cluster.backends], [("blue", port), ("green", port)]))
        self._routes = [("HTTPRoute", "flip", HTTP), ("HTTPRoute", "sockets", SOCKETS), ("GRPCRoute", "calls", CALLS)]
        for kind, name, host in self._routes:
            if kind == "HTTPRoute":
                self._api.create(objects.http_route(name, NAMESPACE, parents, [host], [self._rule(kind, name, False)]))
            else:
                self._api.create(objects.grpc_route(name, NAMESPACE, parents, [host], name))

    def flip(self, flipped):
        for kind, name, _ in self._routes:
            self._api.merge(kind, NAMESPACE, name, {"spec": {"rules": [self._rule(kind, name, flipped)]}})

    @staticmethod
    def shows(port, flipped):
        """Whether the HTTPRoute of the requests does by now what was written last."""
        connection = clients.Http(port)
        with connection.socket:
            connection.send("/", HTTP, close=True)
            head, body = connection.receive(100)
        return body.startswith(b"green" if flipped else b"blue") and (b"\r\nx-flip: on\r\n" in head.lower()) == flipped

    @staticmethod
    def _rule(kind, name, flipped):
        filters = [objects.header_filter("x-flip", "on"), objects.header_filter("x-flip", "on", response=True)] if flipped else []
        port = 8080 if flipped else 80
        if kind == "HTTPRoute":
            return objects.rule("/", name, port, filters)
        return {"backendRefs": [{"name": name, "port": port}], **({"filters": filters} if filters else {})}


def _serves(port):
    """Whether all three routes answer."""
    try:
        websocket.Client(port, SOCKETS).echo(b"there")
        return net.get(port, "/", HTTP)[0] == 200 and streams.answers(port, CALLS)
    except OSError:
        return False


def run(cluster, port, flips=FLIPS):
    """(the clients' tallies, flips that were in force before the next one)."""
    sockets, socket_port = clients.echo_backend(cluster.backends)
    calls, call_port = streams.echo_backend(cluster.backends)
    try:
        blue, green = net.free_ports(2)
        backend.start(cluster.processes, blue, "blue", core=None, address=cluster.backends)
        backend.start(cluster.processes, green, "green", core=None, address=cluster.backends)
        scene = Scene(cluster, blue, green, socket_port, call_port)
        net.wait_until(lambda: _serves(port), "answers of the routes of the flips", 10, cluster.check, pause=0.1)
        running = clients.Clients(clients.keep_alive(lambda: clients.Http(port), HTTP), clients.new_connections(lambda _: clients.Http(port), HTTP),
                                  streams.requests(port, HTTP), clients.websockets(port, SOCKETS), streams.grpc_streams(port, CALLS))
        try:
            due, seen = time.monotonic(), 0
            for number in range(flips):
                scene.flip(number % 2 == 0)
                due += EVERY
                time.sleep(max(0, due - time.monotonic()))
                seen += scene.shows(port, number % 2 == 0)
                if not running.check():
                    raise Failure("a client process ended early")
            return running.finish(), seen
        finally:
            running.end()
    finally:
        for process in (sockets, calls):
            process.terminate()
            process.join()
