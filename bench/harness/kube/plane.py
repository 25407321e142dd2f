"""What controller and proxy take while routes and endpoints churn: memory over time, CPU, and bytes between them."""

import time
from dataclasses import dataclass

from harness import connections, usage
from harness.kube.cluster import Every

EVERY, SETTLE = 5, 10
#: Flat: a line through the last two thirds of the samples rises by at most this share of their mean.
FLAT = 0.05


class Memory:
    """Of one process: (seconds, MB) again and again."""

    def __init__(self, pid):
        self.pid, self.private, self.resident = pid, Curve(), Curve()

    def sample(self):
        now, memory = time.monotonic(), usage.exact_memory_kb(self.pid)
        self.private.add(now, memory["Anonymous"] / 1024)
        self.resident.add(now, memory["Rss"] / 1024)


class Curve:
    def __init__(self):
        self.points = []

    def add(self, at, value):
        self.points.append((at, value))

    @property
    def most(self):
        return max(value for _, value in self.points)

    @property
    def _last(self):
        return self.points[len(self.points) // 3:]

    @property
    def per_hour(self):
        """Slope of the line of least squares through the last two thirds."""
        times, values = zip(*self._last)
        middle, mean = sum(times) / len(times), sum(values) / len(values)
        spread = sum((at - middle) ** 2 for at in times)
        return 3600 * sum((at - middle) * (value - mean) for at, value in self._last) / spread if spread else 0.0

    @property
    def per_hour_if_flat(self):
        """The steepest slope that still counts as flat over so short a time."""
        values = [value for _, value in self._last]
        seconds = self._last[-1][0] - self._last[0][0]
        return FLAT * sum(values) / len(values) * 3600 / seconds if seconds else 0.0


@dataclass
class Used:
    controller: Memory
    proxy: Memory
    controller_cores: float
    proxy_cores: float
    sent_per_second: float


def measure(controller, proxy, stream_port, seconds):
    """Ids of both processes, and the port where the controller accepts proxies."""
    time.sleep(SETTLE)
    memories, sent = [Memory(controller), Memory(proxy)], connections.sent_bytes(stream_port)
    before, used, start = sum(sent.values()), [usage.cpu_ns(one.pid) for one in memories], time.monotonic()

    def sample(_):
        for one in memories:
            one.sample()
        sent.update(connections.sent_bytes(stream_port))  # what a connection that has ended had carried stays counted

    with Every(EVERY, sample):
        time.sleep(seconds)
    sample(None)
    seconds = time.monotonic() - start
    cores = [(usage.cpu_ns(one.pid) - ns) / 1e9 / seconds for one, ns in zip(memories, used)]
    return Used(*memories, *cores, (sum(sent.values()) - before) / seconds)
