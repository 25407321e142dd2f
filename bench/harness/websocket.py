"""As much WebSocket (RFC 6455) as an echo test needs: one unfragmented binary frame of up to 125 bytes at a time."""

import base64
import hashlib
import os
import socket
import threading

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # section 1.3
_BINARY, _CLOSE = 0x82, 0x88


def accept_key(key):
    return base64.b64encode(hashlib.sha1(key + _GUID).digest())


def read_exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        raise ConnectionError("the connection ended")
    return data


def _read_head(stream):
    """The start line and the fields by lower-case name."""
    start = stream.readline()
    if not start:
        raise ConnectionError("the connection ended before a head")
    fields = {}
    while (line := stream.readline().rstrip(b"\r\n")):
        name, _, value = line.partition(b":")
        fields[name.lower()] = value.strip()
    return start, fields


class Client:
    """One WebSocket held open."""

    def __init__(self, port, host):
        self._socket = socket.create_connection(("127.0.0.1", port), 5)
        self._stream = self._socket.makefile("rb")
        key = base64.b64encode(os.urandom(16))
        self._socket.sendall(
            f"GET /socket HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n".encode()
            + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + b"\r\n\r\n")
        start, fields = _read_head(self._stream)
        if not start.startswith(b"HTTP/1.1 101 ") or fields.get(b"sec-websocket-accept") != accept_key(key):
            raise ConnectionError(f"no upgrade: {start.decode().strip()}")

    def echo(self, payload):
        """Sends one frame and returns the payload of the one that comes back."""
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self._socket.sendall(bytes([_BINARY, 0x80 | len(payload)]) + mask + masked)
        opcode, length = read_exactly(self._stream, 2)
        data = read_exactly(self._stream, length)
        if opcode != _BINARY:
            raise ConnectionError(f"unexpected frame 0x{opcode:02x}")
        return data

    def close(self):
        self._stream.close()
        self._socket.close()


def serve_echo(listener):
    """Echoes on every connection of a listening socket, for ever."""
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve_one, args=(connection,), daemon=True).start()


def _serve_one(connection):
    with connection, connection.makefile("rb") as stream:
        try:
            _, fields = _read_head(stream)
            connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                               b"Sec-WebSocket-Accept: " + accept_key(fields.get(b"sec-websocket-key", b"")) + b"\r\n\r\n")
            while True:
                opcode, length = read_exactly(stream, 2)
                mask = read_exactly(stream, 4)
                payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(read_exactly(stream, length & 0x7F)))
                connection.sendall(bytes([opcode, len(payload)]) + payload)
                if opcode == _CLOSE:
                    return
        except OSError:
            return  # the peer has gone: the client counts that, not the backend
