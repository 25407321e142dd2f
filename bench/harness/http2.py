"""Single requests over HTTP/2 in cleartext, by curl."""

import subprocess

from harness import packages
from harness.backend import GRPC_MESSAGE_BYTES
from harness.failure import Failure
from harness.h2load import GRPC_FIELDS, GRPC_MESSAGE, GRPC_PATH


def _curl(port, path, host, *options, body=None):
    [curl] = packages.need("curl")
    command = [curl, "--silent", "--show-error", "--max-time", "10", "--http2-prior-knowledge", "--connect-to", f"::127.0.0.1:{port}",
               *options, f"http://{host}{path}"]
    done = subprocess.run(command, capture_output=True, input=body, timeout=20)
    if done.returncode != 0:
        raise Failure(f"curl over HTTP/2 to port {port}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def get(port, path="/", host="127.0.0.1"):
    """(status, body), as net.get."""
    output = _curl(port, path, host, "--write-out", "%{http_code}")
    return int(output[-3:]), output[:-3]


def verify_call(port, host, name):
    """A unary call comes back with its message."""
    fields = [argument for field in GRPC_FIELDS for argument in ("-H", field)]
    answer = _curl(port, GRPC_PATH, host, "--data-binary", "@-", "--write-out", "%{http_code}", *fields, body=GRPC_MESSAGE)
    if answer[-3:] != b"200" or len(answer) != 5 + GRPC_MESSAGE_BYTES + 3:
        raise Failure(f"{name} answered a call with {answer[-3:].decode()} and {len(answer) - 3} bytes")
