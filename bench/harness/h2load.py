"""Load over HTTP/2 in cleartext from h2load: one thread on the load core, closed loop."""

import re
import statistics

from harness import paths
from harness.failure import Failure
from harness.hosts import host
from harness.load import LoadResult
from harness.processes import LOAD_CORE, run_pinned

#: What the wrk script sends as well.
FIELDS = [
    "user-agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
    "accept: text/html,application/json;q=0.9,*/*;q=0.8",
    "accept-encoding: gzip, deflate, br",
    "cookie: session=6b1f0c9e2d7a4853b1f0c9e2d7a48536; theme=dark",
]
GRPC_FIELDS = ["content-type: application/grpc", "te: trailers", "user-agent: grpc-bench/1.0", "grpc-accept-encoding: identity,deflate,gzip"]
GRPC_PATH = "/bench.Echo/Unary"
#: A message of 100 bytes behind its five-byte prefix.
GRPC_MESSAGE = b"\0\0\0\0\x64" + b"y" * 100
#: Latencies come from short runs of their own: writing them down costs the load generator a system call per request.
LATENCY_SECONDS = 1


class H2Load:
    def __init__(self, binary):
        self._binary = binary

    def run(self, port, scenario, seconds):
        output = run_pinned(self._command(port, scenario, seconds), LOAD_CORE, seconds + 30)
        counts = re.search(r"requests: (\d+) total, (\d+) started, (\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored", output)
        codes = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", output)
        if not counts or not codes:
            raise Failure(f"h2load printed no result:\n{output[-1000:]}")
        succeeded = int(counts[4])
        return LoadResult(
            requests=succeeded, rps=succeeded / seconds, p50_us=None, p99_us=None,
            errors=int(counts[5]) + int(counts[6]) + int(codes[3]) + int(codes[4]))

    def latencies(self, port, scenario):
        """(p50, p99) in microseconds."""
        log = paths.BUILD / f"h2load-{port}.log"
        log.unlink(missing_ok=True)
        run_pinned(self._command(port, scenario, LATENCY_SECONDS) + [f"--log-file={log}"], LOAD_CORE, LATENCY_SECONDS + 30)
        microseconds = [int(line.split("\t")[2]) for line in log.read_text().splitlines()]
        log.unlink()
        if len(microseconds) < 100:
            raise Failure(f"h2load completed only {len(microseconds)} requests in {LATENCY_SECONDS} s")
        percentiles = statistics.quantiles(microseconds, n=100)
        return round(percentiles[49]), round(percentiles[98])

    def _command(self, port, scenario, seconds):
        path, extra = scenario.path, [argument for field in FIELDS for argument in ("-H", field)]
        if scenario.grpc:
            path, extra = GRPC_PATH, [argument for field in GRPC_FIELDS for argument in ("-H", field)]
            message = paths.BUILD / "grpc-message"
            if not message.exists() or message.read_bytes() != GRPC_MESSAGE:
                message.write_bytes(GRPC_MESSAGE)
            extra += ["-d", str(message)]
        return [
            self._binary, "-t1", f"-c{scenario.connections}", f"-m{scenario.streams}", f"-D{seconds}", *extra,
            f"--connect-to=127.0.0.1:{port}", f"{'https' if scenario.tls else 'http'}://{host(0)}{path}"]
