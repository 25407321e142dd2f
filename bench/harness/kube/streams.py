"""HTTP/2 clients for changes under load: requests one after the other, and gRPC streams that stay open; and their echo backend."""

import multiprocessing
import socket
import threading

from harness import h2client
from harness.clients import Tally
from harness.h2client import DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, RST_STREAM, WINDOW_UPDATE, frame, head, literal

STATUS_200 = 0x88  # the static table's entry (RFC 7541, appendix A)
STREAMS = 4

_context = multiprocessing.get_context("fork")


def _window(stream, count):
    return frame(WINDOW_UPDATE, 0, stream, count.to_bytes(4, "big"))


def requests(port, host, body_bytes=100):
    """GETs on one connection that must stay."""
    def body(stop):
        tally, connection, stream = Tally("HTTP/2 requests"), None, 1
        while not stop.is_set():
            try:
                if connection is None:
                    connection, stream = h2client.Connection(port), 1
                wrong = _get(connection, stream, host, body_bytes)
                stream += 2
            except OSError as error:
                tally.fail(repr(error), dropped=True)
                connection = None
                continue
            if wrong:
                tally.fail(wrong)
            else:
                tally.done += 1
        return tally
    return body


def _get(connection, stream, host, body_bytes):
    connection.send(frame(HEADERS, END_HEADERS | END_STREAM, stream, head(host)))
    received, status = 0, None
    while True:
        kind, flags, at, payload = connection.read()
        if kind == GOAWAY:
            raise ConnectionError("GOAWAY on a connection that should stay")
        if at != stream:
            continue
        if kind == RST_STREAM:
            return f"the stream was reset with code {int.from_bytes(payload, 'big')}"
        if kind == HEADERS and status is None:
            status = payload[0]
        if kind == DATA:
            received += len(payload)
            if payload:
                connection.send(_window(0, len(payload)))
        if kind in (DATA, HEADERS) and flags & END_STREAM:
            return None if status == STATUS_200 and received == body_bytes else f"first octet of the head {status:#x}, body of {received} bytes"


def grpc_streams(port, host, count=STREAMS):
    """Calls that stay open over all changes, with a message on each in turn that must come back."""
    def body(stop):
        tally, connection = Tally("messages on gRPC streams"), None
        while not stop.is_set():
            try:
                if connection is None:
                    connection = _open(port, host, count)
                for i in range(count):
                    message = f"{i}:{tally.done}".encode()
                    if _echo(connection, 1 + 2 * i, b"\0" + len(message).to_bytes(4, "big") + message):
                        tally.done += 1
                    else:
                        tally.fail("another message than was sent")
            except OSError as error:
                tally.fail(repr(error), dropped=True)
                connection = None
        return tally
    return body


def answers(port, host):
    """Whether a call comes back with its message."""
    connection = _open(port, host, 1)
    try:
        return _echo(connection, 1, b"\0\0\0\0\1.")
    finally:
        connection.close()


def _open(port, host, count):
    connection = h2client.Connection(port)
    fields = (("content-type", "application/grpc"), ("te", "trailers"))
    for i in range(count):
        connection.send(frame(HEADERS, END_HEADERS, 1 + 2 * i, head(host, "/bench.Echo/Stream", "POST", fields)))
    return connection


def _echo(connection, stream, message):
    connection.send(frame(DATA, 0, stream, message))
    received = b""
    while len(received) < len(message):
        kind, flags, at, payload = connection.read()
        if kind in (GOAWAY, RST_STREAM) or (kind in (DATA, HEADERS) and flags & END_STREAM):
            raise ConnectionError(f"a stream that should stay ended with a frame of type {kind}")
        if kind == DATA and at == stream:
            received += payload
            connection.send(_window(0, len(payload)), _window(stream, len(payload)))
    return received == message


def echo_backend(address="127.0.0.1"):
    """A process that answers every HTTP/2 stream with what it receives. Returns (process, port)."""
    listener = socket.create_server((address, 0), backlog=128)
    process = _context.Process(target=_serve, args=(listener,), daemon=True)
    process.start()
    port = listener.getsockname()[1]
    listener.close()
    return process, port


def _serve(listener):
    while True:
        client, _ = listener.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_answer, args=(client,), daemon=True).start()


def _answer(client):
    connection = h2client.Accepted(client)
    response = bytes([STATUS_200]) + literal("content-type", "application/grpc")
    try:
        while True:
            kind, flags, stream, payload = connection.read()
            if kind == HEADERS:
                connection.send(frame(HEADERS, END_HEADERS, stream, response))
            if kind == DATA and payload:
                connection.send(_window(0, len(payload)), _window(stream, len(payload)), frame(DATA, 0, stream, payload))
            if kind in (HEADERS, DATA) and flags & END_STREAM:
                connection.send(frame(HEADERS, END_HEADERS | END_STREAM, stream, literal("grpc-status", "0")))
    except OSError:
        pass  # the proxy has closed the connection
