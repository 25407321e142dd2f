"""The upstream: bench/native/backend.c, built when it is newer than its binary."""

import subprocess

from harness import net, packages, paths
from harness.failure import Failure
from harness.processes import LOAD_CORE


def build():
    source, binary = paths.NATIVE / "backend.c", paths.BUILD / "backend"
    if not binary.exists() or binary.stat().st_mtime < source.stat().st_mtime:
        [gcc] = packages.need("gcc")
        binary.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([gcc, "-O2", "-Wall", "-Wextra", "-o", binary, source], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failure(f"building {source} failed:\n{done.stderr}")
    return binary


def start(processes, port, name="backend", core=LOAD_CORE):
    process = processes.start(f"backend-{name}", [build(), port, name], core=core)
    net.wait_until(lambda: net.listens(port), f"listening of backend {name}", 5, lambda: processes.check(process))
    return process
