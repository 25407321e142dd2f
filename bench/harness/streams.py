"""Relays of TCP and UDP: the peers' configurations and the load on them (bench/native/stream_load.c)."""

import json
import socket
import subprocess

from harness import backend, net, releases
from harness.failure import Failure
from harness.load import LoadResult
from harness.processes import LOAD_CORE, run_pinned

# The cheapest of the settings that were tried. HAProxy moves bulk data by splice(2), through pipes that hold much; nginx
# has no such thing and gets larger buffers.
NGINX_TUNED = """\
        proxy_buffer_size 128k;
"""
HAPROXY_TUNED_GLOBAL = """\
    tune.pipesize 1048576
"""
HAPROXY_TUNED = """\
    option splice-auto
    option splice-request
    option splice-response
"""
MEGABYTE = 1_000_000


class StreamLoad:
    def run(self, port, scenario, seconds):
        command = [backend.build("stream_load"), scenario.stream, str(port), str(seconds), str(scenario.connections), str(scenario.body_bytes)]
        result = json.loads(run_pinned(command, LOAD_CORE, seconds + 30).removeprefix("RESULT "))
        # Both datagrams of an exchange are packets that the proxy has relayed.
        done = {"udp": 2 * result["count"], "ping": result["count"], "connect": result["count"]}.get(scenario.stream, result["bytes"] / MEGABYTE)
        # Bulk transfers have no latency: nothing in them is an answer to anything.
        return LoadResult(requests=done, rps=done * 1e6 / max(result["microseconds"], 1), p50_us=result["p50"], p99_us=result["p99"],
                          errors=result["errors"])


def start_nginx(processes, name, binary, core, backend_port, scenario, tuned):
    """Returns (process, port)."""
    [port] = net.free_ports(1)
    folder = processes.folder / name
    folder.mkdir()
    module = releases.stream_module(binary, subprocess.run([binary, "-V"], capture_output=True, text=True).stderr)
    (folder / "nginx.conf").write_text(f"""\
{f"load_module {module};" if module else ""}
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{
    worker_connections 12000;
    {"multi_accept on;" if tuned else ""}
}}
stream {{
    upstream backend {{
        server 127.0.0.1:{backend_port};
    }}
    server {{
        listen 127.0.0.1:{port}{" udp reuseport" if scenario.udp else ""};
        proxy_pass backend;
        proxy_timeout 300s;
{NGINX_TUNED if tuned and not scenario.udp else ""}    }}
}}
""")
    process = processes.start(name, [binary, "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"], core=core)
    wait(processes, process, port, scenario, name)
    return process, port


def start_haproxy(processes, name, binary, core, backend_port, scenario, tuned):
    """Returns (process, port)."""
    [port] = net.free_ports(1)
    folder = processes.folder / name
    folder.mkdir()
    (folder / "haproxy.cfg").write_text(f"""\
global
    maxconn 12000
    no strict-limits
    nbthread 1
{HAPROXY_TUNED_GLOBAL if tuned else ""}
defaults
    mode tcp
    timeout client 300s
    timeout server 300s
    timeout connect 5s
{HAPROXY_TUNED if tuned else ""}
listen relay
    bind 127.0.0.1:{port}
    server backend 127.0.0.1:{backend_port}
""")
    process = processes.start(name, [binary, "-db", "-f", folder / "haproxy.cfg"], core=core)
    wait(processes, process, port, scenario, name)
    return process, port


def wait(processes, process, port, scenario, name):
    answers = datagram_returns if scenario.udp else net.listens
    net.wait_until(lambda: answers(port), f"relaying of {name}", 20, lambda: processes.check(process))


def datagram_returns(port, payload=b"there and back"):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(0.2)
        try:
            s.connect(("127.0.0.1", port))
            s.send(payload)
            return s.recv(2048) == payload
        except OSError:
            return False


def verify(port, scenario, name):
    """Bytes come back as they were sent, and the end of a connection is passed on."""
    if scenario.udp:
        if not datagram_returns(port, bytes(range(256)) * 4):
            raise Failure(f"{name} does not relay datagrams")
        return
    sent, received = b"c" + bytes(range(256)), b""
    with socket.create_connection(("127.0.0.1", port), 5) as s:
        s.sendall(sent)
        while part := s.recv(65536):
            received += part
    if received != sent:
        raise Failure(f"{name} sent back {len(received)} bytes for {len(sent)}")
