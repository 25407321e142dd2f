"""The clients of bench/flips and bench/rotation: each is a process that checks every answer and reports what went wrong."""

import multiprocessing
import socket
from dataclasses import dataclass, field

from harness import websocket

BACKENDS = (b"blue", b"green")
FLIP_HEADER = "X-Flip"
#: Path and body length of the keep-alive connections: mostly small, some long enough to be in flight during a change.
KEEP_ALIVE = [("/", 100)] * 12 + [("/10k", 10240)] * 3 + [("/1m", 1048576)]
TIMEOUT = 10

_context = multiprocessing.get_context("fork")


@dataclass
class Tally:
    name: str
    done: int = 0
    failed: int = 0
    dropped: int = 0
    examples: list = field(default_factory=list)

    def fail(self, what, dropped=False):
        if dropped:
            self.dropped += 1
        else:
            self.failed += 1
        if len(self.examples) < 5:
            self.examples.append(what)


class Clients:
    """All client processes, started together and stopped together."""

    def __init__(self, *bodies):
        self._stop, self._results = _context.Event(), _context.Queue()
        self._processes = [_context.Process(target=self._run, args=(body,), daemon=True) for body in bodies]
        for process in self._processes:
            process.start()

    def _run(self, body):
        tally = body(self._stop)
        self._results.put(tally)

    def check(self):
        """True while all of them are at work."""
        return all(process.is_alive() for process in self._processes)

    def finish(self):
        self._stop.set()
        tallies = [self._results.get(timeout=3 * TIMEOUT) for _ in self._processes]
        for process in self._processes:
            process.join()
        return tallies

    def end(self):
        for process in self._processes:
            if process.is_alive():
                process.terminate()
                process.join()


class Http:
    """One client connection that reads responses with a Content-Length."""

    def __init__(self, port):
        self.socket = self._connect(port)

    def note_session(self):
        """Cleartext has none."""

    @staticmethod
    def _connect(port):
        connected = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def send(self, path, host, close=False):
        connection = "Connection: close\r\n" if close else ""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: bench\r\n{connection}\r\n".encode())

    def receive(self, body_bytes):
        """(head, body), or ConnectionError when the connection ends first. An error answer may be shorter."""
        data = bytearray()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._part()
        head = bytes(data[:end + 2])
        if not head.startswith(b"HTTP/1.1 200 "):
            return head, bytes(data[end + 4:])
        while len(data) < end + 4 + body_bytes:
            data += self._part()
        return head, bytes(data[end + 4:])

    def _part(self):
        part = self.socket.recv(262144)
        if not part:
            raise ConnectionError("the connection ended before the response")
        return part


class Https(Http):
    """The same over TLS, with the certificate checked; `session` is resumed where the server agrees."""

    def __init__(self, port, name, context, session=None):
        self.socket = context.wrap_socket(self._connect(port), server_hostname=name, session=session)
        self.session = None

    def note_session(self):
        """Once the response has come: with TLS 1.3 the server sends tickets after the handshake."""
        self.session = self.socket.session


def fault(head, body, body_bytes):
    """What is wrong with an answer, or None. Both backends are right at any time: it is the change that must not show."""
    if not head.startswith(b"HTTP/1.1 200 "):
        return f"answered {head.splitlines()[0].decode()}"
    if len(body) != body_bytes or not body.startswith(BACKENDS):
        return f"body of {len(body)} bytes that begins {body[:12]!r}"
    return None


def keep_alive(connect, host):
    """Requests on all connections at once, answers from all, again and again; no connection may end. connect: makes an Http."""
    def body(stop):
        tally, connections = Tally("keep-alive requests"), [None] * len(KEEP_ALIVE)
        while not stop.is_set():
            for i, (path, _) in enumerate(KEEP_ALIVE):
                try:
                    connections[i] = connections[i] or connect()
                    connections[i].send(path, host)
                except OSError as error:
                    tally.fail(f"{path}: {error!r}", dropped=True)
                    connections[i] = None
            for i, (path, body_bytes) in enumerate(KEEP_ALIVE):
                if not connections[i]:
                    continue
                try:
                    head, answer = connections[i].receive(body_bytes)
                except OSError as error:
                    tally.fail(f"{path}: {error!r}", dropped=True)
                    connections[i] = None
                    continue
                wrong = fault(head, answer, body_bytes)
                if wrong:
                    tally.fail(f"{path}: {wrong}")
                    connections[i] = None
                elif b"\r\nconnection: close\r\n" in head.lower():
                    tally.fail(f"{path}: Connection: close on a connection that should stay", dropped=True)
                    connections[i] = None
                else:
                    tally.done += 1
        return tally
    return body


def new_connections(connect, host, name="requests on new connections"):
    """One connection per request. connect: makes an Http from the connection before, which is None at first and after a failure."""
    def body(stop):
        tally, before = Tally(name), None
        while not stop.is_set():
            try:
                connection = connect(before)
                with connection.socket:
                    connection.send("/", host, close=True)
                    wrong = fault(*connection.receive(100), 100)
                    connection.note_session()
            except OSError as error:
                wrong = repr(error)
            if wrong:
                tally.fail(wrong)
                before = None
            else:
                tally.done += 1
                before = connection
        return tally
    return body


def websockets(port, host, count=8):
    """Sockets held over all changes, with an echo on each in turn."""
    def body(stop):
        tally, sockets = Tally("WebSocket echoes"), [None] * count
        while not stop.is_set():
            for i in range(count):
                try:
                    sockets[i] = sockets[i] or websocket.Client(port, host)
                    payload = f"{i}:{tally.done}".encode()
                    echoed = sockets[i].echo(payload)
                except OSError as error:
                    tally.fail(repr(error), dropped=True)
                    sockets[i] = None
                    continue
                if echoed == payload:
                    tally.done += 1
                else:
                    tally.fail(f"sent {payload!r}, received {echoed!r}")
        return tally
    return body


def echo_backend(address="127.0.0.1"):
    """A process that serves WebSocket echoes. Returns (process, port)."""
    listener = socket.create_server((address, 0), backlog=128)
    process = _context.Process(target=websocket.serve_echo, args=(listener,), daemon=True)
    process.start()
    port = listener.getsockname()[1]
    listener.close()
    return process, port
