"""Ports and single requests over loopback."""

import http.client
import random
import socket
import time
from pathlib import Path

from harness.failure import Failure


def free_ports(count):
    """Ports that nobody listens on now, all different.

    Below the range that the kernel takes for outgoing connections: a port that is closed for a while (a listener taken
    out and put in again) must not become some client's own port meanwhile.
    """
    lowest_outgoing = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    found = []
    for port in random.sample(range(10000, max(lowest_outgoing, 11000)), 1000):
        with socket.socket() as s:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise Failure(f"fewer than {count} free ports below {lowest_outgoing}")


def listens(port, address="127.0.0.1"):
    try:
        socket.create_connection((address, port), 1).close()
        return True
    except OSError:
        return False


def get(port, path="/", host="127.0.0.1", timeout=5):
    """One request on a connection of its own: (status, body)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def wait_until(condition, what, seconds, check=lambda: None, pause=0.01):
    """Waits for a condition; `check` may fail earlier (a process that has ended)."""
    deadline = time.monotonic() + seconds
    while not condition():
        check()
        if time.monotonic() > deadline:
            raise Failure(f"{what} did not happen within {seconds} s")
        time.sleep(pause)
