"""HAProxy as a peer: one thread unless stated otherwise, upstream keep-alive, X-Forwarded-For and -Proto, no log."""

import re
import subprocess

from harness import net, tls
from harness.hosts import host
from harness.processes import CORES

# The cheapest of the settings that were tried: splicing through pipes that hold a large response. Larger buffers
# (tune.bufsize) cost more with every kind of request here.
TUNED_GLOBAL = """\
    tune.pipesize 1048576
"""
TUNED_DEFAULTS = """\
    option splice-auto
    option splice-response
"""


def with_openssl(binary):
    """Its version and that of the OpenSSL it runs with."""
    text = subprocess.run([binary, "-vv"], capture_output=True, text=True).stdout
    found = re.search(r"Running on (?:SSL library|OpenSSL) version : OpenSSL (\S+)", text)
    return f"{version(binary)} (OpenSSL {found[1]})" if found else version(binary)


def version(binary):
    text = subprocess.run([binary, "-v"], capture_output=True, text=True).stdout
    return re.search(r"version (\S+?)(?:-\d\S*)?\s", text)[1]


def _bind(folder, h2, certificate):
    """What follows the address of a bind line."""
    if not certificate:
        return " proto h2" if h2 else ""
    file = folder / "certificate.pem"
    file.write_text("".join(part.read_text() for part in certificate))
    return f" ssl crt {file} alpn {'h2,' if h2 else ''}http/1.1 ssl-min-ver {tls.VERSION} ciphersuites {tls.CIPHER} curves {tls.GROUP}"


def configuration(folder, port, backend_port, routes, tuned, h2, grpc, threads, certificate, log):
    """routes 0: everything goes to the backend. Otherwise a map from host to backend, and 404 for the rest."""
    choose = "default_backend backend"
    if routes:
        (folder / "hosts.map").write_text("".join(f"{host(i)} backend\n" for i in range(routes)))
        choose = f"use_backend %[req.hdr(host),lower,map({folder}/hosts.map,none)]"
    return f"""\
global
    maxconn 12000
    no strict-limits
    nbthread {threads}
{TUNED_GLOBAL if tuned else ""}
{"    log stdout format raw local0" if log else ""}
defaults
    mode http
{"    log global" if log else ""}
    timeout client 300s
    timeout server 300s
    timeout connect 5s
    timeout http-keep-alive 300s
    option forwardfor
    http-reuse always
{TUNED_DEFAULTS if tuned else ""}
frontend front
    bind 127.0.0.1:{port}{_bind(folder, h2, certificate)}
    http-request set-header X-Forwarded-Proto {"https" if certificate else "http"}
    {choose}
{log or ""}

backend backend
    server backend 127.0.0.1:{backend_port} pool-max-conn 256{" proto h2" if grpc else ""}

backend none
    http-request return status 404
"""


def start_both(processes, name, binary, backend_port):
    """As many threads as cores; the port serves HTTP/1.1 and HTTP/2. Returns (process, port, HTTP/2 port)."""
    process, port = start(processes, name, binary, None, backend_port, threads=len(CORES))
    return process, port, port


def start(processes, name, binary, core, backend_port, routes=0, tuned=False, h2=False, grpc=False, threads=1, certificate=None, log=None):
    """Returns (process, port). With a certificate (files of it and its key) the port speaks TLS. log: a log-format line."""
    [port] = net.free_ports(1)
    folder = processes.folder / name
    folder.mkdir()
    (folder / "haproxy.cfg").write_text(configuration(folder, port, backend_port, routes, tuned, h2, grpc, threads, certificate, log))
    process = processes.start(name, [binary, "-db", "-f", folder / "haproxy.cfg"], core=core)
    net.wait_until(lambda: net.listens(port), f"listening of {name}", 20, lambda: processes.check(process))
    return process, port
