"""Load over HTTP/1.1 from wrk: one thread on the load core, closed loop."""

import json
from dataclasses import dataclass
from typing import Optional

from harness import paths
from harness.failure import Failure
from harness.hosts import WRK_HOST
from harness.processes import LOAD_CORE, run_pinned


@dataclass(frozen=True)
class LoadResult:
    requests: int
    rps: float
    #: None where the generator takes them in a run of their own (latencies).
    p50_us: Optional[int]
    p99_us: Optional[int]
    errors: int


class Wrk:
    def __init__(self, binary):
        self._binary = binary

    def run(self, port, scenario, seconds):
        command = [
            self._binary, "-t1", f"-c{scenario.connections}", f"-d{seconds}s", "--latency", "-s", str(paths.NATIVE / "load.lua"),
            f"https://{WRK_HOST}:{port}/" if scenario.tls else f"http://127.0.0.1:{port}/", "--", str(scenario.routes), scenario.path, str(scenario.body_bytes),
            "1" if scenario.new_connection else "0", *(text for field in scenario.fields for text in field),
        ]
        output = run_pinned(command, LOAD_CORE, seconds + 30)
        lines = [line for line in output.splitlines() if line.startswith("RESULT ")]
        if not lines:
            raise Failure(f"wrk printed no result:\n{output[-1000:]}")
        result = json.loads(lines[-1][len("RESULT "):])
        return LoadResult(
            requests=result["requests"],
            rps=result["requests"] * 1e6 / max(result["microseconds"], 1),
            p50_us=result["p50"], p99_us=result["p99"],
            errors=result["socket_errors"] + result["status_errors"])
