"""attachedRoutes of a Gateway while 1,000 routes are created: right how soon after the last, with how many writes of the status."""

import threading
import time

from harness import net
from harness.kube import objects
from harness.kube.cluster import GATEWAY, SPACE

ROUTES = 1000


def _attached(gateway):
    return next((one["attachedRoutes"] for one in gateway.get("status", {}).get("listeners", [])), None)


def run(cluster, count=ROUTES):
    """(seconds after the last create until it is right, writes of the Gateway's status meanwhile)."""
    api = cluster.api
    api.ensure(objects.namespace("bench-attached"))
    before = api.get("Gateway", SPACE, GATEWAY)
    base, writes, right, stop = _attached(before) or 0, [], threading.Event(), threading.Event()

    def follow():
        for _, value in api.watch("Gateway", SPACE, stop, before["metadata"]["resourceVersion"]):
            if value["metadata"]["name"] != GATEWAY:
                continue
            writes.append(time.monotonic())
            if _attached(value) == base + count:
                right.set()

    watcher = threading.Thread(target=follow, daemon=True)
    watcher.start()
    for i in range(count):
        api.create(objects.http_route(f"attached-{i}", "bench-attached", [objects.parent(GATEWAY, SPACE)], [f"attached-{i}.example.com"], [objects.rule("/", "missing")]))
    last = time.monotonic()
    net.wait_until(right.is_set, "the right attachedRoutes", 60, cluster.check, pause=0.001)
    seconds = max(0.0, writes[-1] - last)
    stop.set()
    watcher.join()
    for i in range(count):
        api.delete("HTTPRoute", "bench-attached", f"attached-{i}")
    return seconds, len(writes)
