"""Sluice itself: building it, starting it, and knowing when it is ready."""

import os
import re
import shutil
import subprocess

from harness import net, packages, paths
from harness.failure import Failure

QUIET = {"DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1"}


def _build(what, command):
    if not shutil.which("dotnet"):
        raise Failure("the .NET 10 SDK is needed; 'dotnet' is not on PATH")
    print(f"building {what}", flush=True)
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, env=dict(os.environ, **QUIET))
    if done.returncode != 0:
        raise Failure(f"building {what} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def jit():
    """The command that runs Sluice from the JIT, built anew when sources changed."""
    _build("Sluice for the JIT", ["dotnet", "build", "src/Sluice.Cli/Sluice.Cli.csproj", "-c", "Release", "-v", "quiet", "--nologo"])
    return ["dotnet", str(paths.JIT)]


def proxy_load():
    """The command that simulates many proxies, built anew when sources changed."""
    _build("the simulated proxies", ["dotnet", "build", "tests/Sluice.ProxyLoad/Sluice.ProxyLoad.csproj", "-c", "Release", "-v", "quiet", "--nologo"])
    return [str(packages.executable(paths.PROXY_LOAD))]


def published(given=None):
    """The command that runs Sluice as released: the given file, or a fresh publish of this tree."""
    if given:
        return [str(packages.executable(given))]
    _build("Sluice as published", [str(paths.ROOT / "eng" / "publish")])
    return [str(packages.executable(paths.PUBLISHED))]


def version(command):
    done = subprocess.run([*command, "version"], capture_output=True, text=True)
    line = done.stdout.strip().splitlines()[0] if done.returncode == 0 and done.stdout.strip() else "unknown version"
    return re.sub(r"\b([0-9a-f]{10})[0-9a-f]{30}\b", r"\1", line.removeprefix("sluice "))  # a commit, shortened


def launch(processes, name, command, manifests, core=None, options=()):
    """Starts `sluice run` without waiting. Returns (process, admin port)."""
    [admin] = net.free_ports(1)
    arguments = [*command, "run", manifests, "--admin", f"127.0.0.1:{admin}", *options]
    return processes.start(name, arguments, core=core), admin


def ready(admin):
    try:
        return net.get(admin, "/readyz", timeout=2)[0] == 200
    except OSError:
        return False


def start(processes, name, command, manifests, core=None, options=(), seconds=60):
    """Starts `sluice run` and waits until it is ready. Returns (process, admin port)."""
    process, admin = launch(processes, name, command, manifests, core, options)
    net.wait_until(lambda: ready(admin), f"readiness of {name}", seconds, lambda: processes.check(process))
    return process, admin
