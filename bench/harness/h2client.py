"""A bare HTTP/2 client over cleartext: frames by hand, for idle connections, stalled streams and floods."""

import socket
import struct

from harness.failure import Failure

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS = 1, 1, 4
INITIAL_WINDOW_SIZE = 4
TIMEOUT = 10


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def literal(name, value):
    """A field without indexing and without Huffman coding (RFC 7541 6.2.2)."""
    return b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


def head(host, path="/", method="GET", fields=()):
    block = literal(":method", method) + literal(":scheme", "http") + literal(":authority", host) + literal(":path", path)
    return block + b"".join(literal(name, value) for name, value in fields)


class Connection:
    def __init__(self, port, settings=b""):
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(PREFACE + frame(SETTINGS, 0, 0, settings))
        self._input = b""

    def send(self, *frames):
        self.socket.sendall(b"".join(frames))

    def get(self, stream, host, path="/"):
        """One request to its end; other frames of the connection are handled on the way. Returns the bytes of its body."""
        self.send(frame(HEADERS, END_HEADERS | END_STREAM, stream, head(host, path)))
        received = 0
        while True:
            kind, flags, at, payload = self.read()
            if kind in (RST_STREAM, GOAWAY):
                raise Failure(f"the request on stream {stream} ended with frame type {kind}: {payload.hex()}")
            if at == stream and kind == DATA:
                received += len(payload)
            if at == stream and kind in (DATA, HEADERS) and flags & END_STREAM:
                return received

    def read(self):
        """The next frame as (type, flags, stream, payload); SETTINGS and PING are answered."""
        while True:
            if len(self._input) >= 9:
                length = int.from_bytes(self._input[:3], "big")
                if len(self._input) >= 9 + length:
                    kind, flags = self._input[3], self._input[4]
                    stream = int.from_bytes(self._input[5:9], "big") & 0x7FFFFFFF
                    payload, self._input = self._input[9:9 + length], self._input[9 + length:]
                    if kind == SETTINGS and not flags & ACK:
                        self.send(frame(SETTINGS, ACK, 0))
                    elif kind == PING and not flags & ACK:
                        self.send(frame(PING, ACK, 0, payload))
                    return kind, flags, stream, payload
            part = self.socket.recv(65536)
            if not part:
                raise ConnectionError("the connection ended")
            self._input += part

    def upload_all_that_is_taken(self, host, streams, most=1 << 20):
        """Requests with bodies that never end, each with as much DATA as the windows allow, up to a bound per stream."""
        windows, connection_window, initial = {}, 65535, 65535
        for stream in range(1, 2 * streams, 2):
            self.send(frame(HEADERS, END_HEADERS, stream, head(host, method="POST")))
            windows[stream] = None
        sent = dict.fromkeys(windows, 0)
        idle = 0
        self.socket.settimeout(0.2)
        while idle < 3:
            for stream in windows:
                window = initial if windows[stream] is None else windows[stream]
                while (size := min(window, connection_window, 16384, most - sent[stream])) > 0:
                    self.send(frame(DATA, 0, stream, bytes(size)))
                    window, connection_window, sent[stream] = window - size, connection_window - size, sent[stream] + size
                windows[stream] = window
            try:
                kind, flags, stream, payload = self.read()
                idle = 0
            except TimeoutError:
                idle += 1
                continue
            if kind == WINDOW_UPDATE:
                increment = int.from_bytes(payload, "big")
                if stream == 0:
                    connection_window += increment
                elif stream in windows:
                    windows[stream] += increment
            elif kind == SETTINGS and not flags & ACK:
                for at in range(0, len(payload), 6):
                    name, value = struct.unpack(">HI", payload[at:at + 6])
                    if name == INITIAL_WINDOW_SIZE:
                        windows = {s: None if w is None else w + value - initial for s, w in windows.items()}
                        initial = value
        self.socket.settimeout(TIMEOUT)

    def drop_input(self):
        """Throws away what has come; ConnectionError at the end of the connection."""
        self.socket.settimeout(0)
        try:
            while True:
                if not self.socket.recv(1 << 20):
                    raise ConnectionError("the connection ended")
        except BlockingIOError:
            self.socket.settimeout(TIMEOUT)

    def close(self):
        self.socket.close()


class Accepted(Connection):
    """The server's side of a connection whose preface is still to come."""

    def __init__(self, accepted):
        self.socket, self._input = accepted, b""
        while len(self._input) < len(PREFACE):
            part = self.socket.recv(65536)
            if not part:
                raise ConnectionError("the connection ended before its preface")
            self._input += part
        self._input = self._input[len(PREFACE):]
        self.send(frame(SETTINGS, 0, 0))
