"""Debian packages that a benchmark needs: installed when allowed, otherwise the line to run is printed."""

import os
import shutil
import subprocess
from pathlib import Path

from harness.failure import Failure

PACKAGES = {
    "nginx": ["nginx"], "haproxy": ["haproxy"], "wrk": ["wrk"], "h2load": ["nghttp2-client"], "curl": ["curl"], "gcc": ["gcc", "libc6-dev"],
    "openssl": ["openssl"], "host": ["bind9-host"], "hexdump": ["bsdextrautils"], "ps": ["procps"],
}
#: Headers to compile with: one of them, and the package.
HEADERS = {"openssl-headers": ("/usr/include/openssl/ssl.h", "libssl-dev")}
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def find(tool):
    return shutil.which(tool, path=PATH)


def executable(file):
    """The absolute path of a program that was named on the command line or just built."""
    path = Path(file).resolve()
    if not path.is_file() or not os.access(path, os.X_OK):
        raise Failure(f"no executable file at {path}")
    return path


def need(*tools):
    """Makes sure that every tool is there and returns their paths in order."""
    missing = [package for tool in tools if not find(tool) for package in PACKAGES[tool]]
    if missing:
        install(missing)
    found = [find(tool) for tool in tools]
    if None in found:
        raise Failure(f"not found after installing: {', '.join(t for t, f in zip(tools, found) if not f)}")
    return found


def need_headers(name):
    """Makes sure that a library can be compiled with."""
    file, package = HEADERS[name]
    if not Path(file).exists():
        install([package])


def _privilege():
    """What to put before apt-get, or None when it is not allowed."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = find("apt-get") and (not sudo or find("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0)
    return sudo if allowed else None


def update():
    """Brings apt's lists of packages up to date, where that is allowed."""
    sudo = _privilege()
    if sudo is None:
        raise Failure("apt's lists of packages are empty. Fetch them with:\n    sudo apt-get update")
    done = subprocess.run([*sudo, "apt-get", "update", "-qq"], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"'apt-get update' failed with exit code {done.returncode}: {done.stderr.strip()[-500:]}")


def install(packages):
    line = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    sudo = _privilege()
    if sudo is None:
        raise Failure(f"this needs {' '.join(packages)}. Install with:\n    sudo {' '.join(line)}")
    print(f"installing {' '.join(packages)}", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    # The packages' services are not wanted, only their programs: policy-rc.d says no to every start while installing.
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        subprocess.run([*sudo, "sh", "-c", f"printf '#!/bin/sh\\nexit 101\\n' > {policy} && chmod +x {policy}"], check=True)
    try:
        subprocess.run([*sudo, "apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run([*sudo, *line], check=True, env=environment, stdout=subprocess.DEVNULL)
    except subprocess.CalledProcessError as error:
        raise Failure(f"'{' '.join(error.cmd)}' failed with exit code {error.returncode}") from error
    finally:
        if ours:
            subprocess.run([*sudo, "rm", "-f", str(policy)], check=True)
