"""The programs of bench/native, built when they are newer than their binaries, and the upstreams among them."""

import subprocess

from harness import net, packages, paths
from harness.failure import Failure
from harness.processes import LOAD_CORE


#: Bytes of the message that a call is answered with, as long as the one it carries (see h2load.py).
GRPC_MESSAGE_BYTES = 100
#: Libraries that a program needs besides the C library: (packages' key, arguments of the linker).
LIBRARIES = {"certificates": ("openssl-headers", ["-lcrypto"]), "tls_load": ("openssl-headers", ["-lssl", "-lcrypto"])}


def build(name):
    source, binary = paths.NATIVE / f"{name}.c", paths.BUILD / name
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        [gcc] = packages.need("gcc")
        headers, libraries = LIBRARIES.get(name, (None, []))
        if headers:
            packages.need_headers(headers)
        binary.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([gcc, "-O2", "-Wall", "-Wextra", "-o", binary, source, *libraries], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f"building {source} failed:\n{done.stderr}")
    return binary


def start(processes, port, name="backend", core=LOAD_CORE, address="127.0.0.1"):
    process = processes.start(f"backend-{name}", [build("backend"), port, name, address], core=core)
    net.wait_until(lambda: net.listens(port, address), f"listening of backend {name}", 5, lambda: processes.check(process))
    return process


def start_grpc(processes, port):
    process = processes.start("backend-grpc", [build("grpc_backend"), port, GRPC_MESSAGE_BYTES], core=LOAD_CORE)
    net.wait_until(lambda: net.listens(port), "listening of the gRPC backend", 5, lambda: processes.check(process))
    return process


def start_stream(processes, port):
    process = processes.start("backend-stream", [build("stream_backend"), port], core=LOAD_CORE)
    net.wait_until(lambda: net.listens(port), "listening of the backend for streams", 5, lambda: processes.check(process))
    return process
