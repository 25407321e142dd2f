"""Many simulated proxies on one controller: how soon all of them have one change, and what the controller takes."""

import json
import queue
import threading
import time

from harness import net, sluice, usage
from harness.failure import Failure
from harness.kube import churn
from harness.kube.cluster import GATEWAY, SPACE, Every

PROXIES, CHANGES = 1000, 5
#: Seconds until all of them have the first configuration, and one change.
CONNECT, CHANGE = 600, 60


class SimulatedProxies:
    """A context: one process that opens many configuration streams and says when a version has come to all of them."""

    def __init__(self, cluster, kubelet, count):
        self._cluster, self._versions = cluster, queue.Queue()
        host, port = kubelet.argument("--controller").rsplit(":", 1)
        command = [*sluice.proxy_load(), "proxies", "--host", host, "--port", port, "--count", count]
        for option in ("--gateway", "--token-file", "--ca-file", "--server-name"):
            value = kubelet.argument(option)
            command += [option, value] if value else []
        self._process = cluster.processes.start("proxies", command, talks=True)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._cluster.processes.stop(self._process)

    def await_version(self, after, seconds):
        """(version, when it had come to all, in seconds since 1970) of the first beyond `after`."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                told = self._versions.get(timeout=max(0, deadline - time.monotonic()))
            except queue.Empty:
                raise Failure(f"a configuration beyond version {after} did not come to all simulated proxies within {seconds} s: {self._state()}") from None
            if told is None:
                self._cluster.processes.check(self._process)
                raise Failure("the simulated proxies have closed their output")
            if told["version"] > after:
                return told["version"], told["allAt"] / 1000

    def _read(self):
        for line in self._process.stdout:
            told = json.loads(line)
            self._versions.put(told if "version" in told else {"version": 0, "state": told})
        self._versions.put(None)

    def _state(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        try:
            return self._versions.get(timeout=10).get("state")
        except queue.Empty:
            return "they do not answer"


def run(cluster, kubelet, count=PROXIES):
    """(slowest change in seconds, most that was resident of the controller in MB)."""
    pid, resident = cluster.controller.pid, []
    with Every(0.5, lambda _: resident.append(usage.memory_kb(pid)["VmRSS"] / 1024)), SimulatedProxies(cluster, kubelet, count) as proxies:
        version, _ = proxies.await_version(0, CONNECT)
        net.wait_until(lambda: _applied(cluster) == count + 1, "the first configuration applied by all", 60, cluster.check)
        times = []
        for change in range(CHANGES):
            time.sleep(3)
            start = time.time()
            churn.edit_route(cluster.api, change, f"proxies-{change}")
            version, at = proxies.await_version(version, CHANGE)
            times.append(at - start)
            net.wait_until(lambda: _applied(cluster) == count + 1, "the change applied by all", CHANGE, cluster.check)
    return max(times), max(resident)


def _applied(cluster):
    """How many proxies serve the newest configuration, as the controller says."""
    text = net.get(cluster.admin, "/metrics")[1].decode()
    wanted = f'sluice_stream_proxies_applied{{gateway="{SPACE}/{GATEWAY}"}} '
    return next((int(float(line[len(wanted):])) for line in text.splitlines() if line.startswith(wanted)), 0)
