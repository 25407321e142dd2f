"""What all proxies are told about TLS, and load that opens a connection for every request."""

import json
import re
import subprocess
from pathlib import Path

from harness import backend, packages
from harness.failure import Failure
from harness.hosts import host
from harness.load import LoadResult
from harness.processes import LOAD_CORE, run_pinned

VERSION_TEXT = re.compile(rb"OpenSSL (\d+\.\d+\.\d+[a-z]*) \d+ \w+ \d{4}")
VERSION, CIPHER, GROUP = "TLSv1.3", "TLS_AES_256_GCM_SHA384", "X25519"
#: Fewer resumed handshakes than this share, and it is something else that was measured.
RESUMED = 0.97


class Handshakes:
    """bench/native/tls_load.c."""

    def run(self, port, scenario, seconds):
        result = _load(port, seconds, scenario.connections, scenario.handshake)
        if scenario.handshake == "resumed" and result["resumed"] < RESUMED * result["requests"]:
            raise Failure(f"only {result['resumed']} of {result['requests']} handshakes with port {port} were resumed")
        return LoadResult(requests=result["requests"], rps=result["requests"] * 1e6 / max(result["microseconds"], 1),
                          p50_us=result["p50"], p99_us=result["p99"], errors=result["errors"])


def _load(port, seconds, connections, kind):
    output = run_pinned([backend.build("tls_load"), str(port), host(0), str(seconds), str(connections), kind], LOAD_CORE, seconds + 30)
    return json.loads(output.removeprefix("RESULT "))


def verify(port, name):
    """The version, cipher and group that all are given, by one second of handshakes. Returns the tickets sent with each."""
    result = _load(port, 1, 1, "full")
    found = result["version"], result["cipher"], result["group"].upper()
    if not result["requests"] or result["errors"]:
        raise Failure(f"{name}: {result['errors']} of {result['requests'] + result['errors']} requests over TLS failed")
    if found != (VERSION, CIPHER, GROUP):
        raise Failure(f"{name} uses {' '.join(found)}, not {VERSION} {CIPHER} {GROUP}")
    return round(result["tickets"] / result["requests"])


def openssl_of(pid):
    """The version of the OpenSSL that a process has loaded; None when it has not."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        file = line.rpartition(" ")[2]
        if "/libcrypto.so" in file:
            return VERSION_TEXT.search(Path(file).read_bytes())[1].decode()
    return None


def get(port, path, name, authority, http2):
    """(status, body) of one request, the certificate checked."""
    [curl] = packages.need("curl")
    command = [curl, "--silent", "--show-error", "--max-time", "10", "--http2" if http2 else "--http1.1", "--cacert", authority,
               "--connect-to", f"::127.0.0.1:{port}", "--write-out", "%{http_version} %{http_code}", f"https://{name}{path}"]
    done = subprocess.run(command, capture_output=True, timeout=20)
    if done.returncode != 0:
        raise Failure(f"curl over TLS to port {port}: {done.stderr.decode(errors='replace').strip()}")
    body, _, status = done.stdout.rpartition(b"2 " if http2 else b"1.1 ")
    return int(status), body
