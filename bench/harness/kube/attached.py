"""attachedRoutes of a Gateway while 1,000 routes are created: right how soon after the last, with how many writes of the status."""

import threading
import time

from harness import net
from harness.kube import objects
from harness.kube.cluster import GATEWAY, SPACE

ROUTES = 1000


def _attached(gateway):
    return next((one["attachedRoutes"] for one in gateway.get("status", {}).get("listeners", [])), None)


def _settled(api):
    """The Gateway once its attachedRoutes have stayed the same for a second: routes of before may still be going."""
    last = api.get("Gateway", SPACE, GATEWAY)
    while True:
        time.sleep(1)
        now = api.get("Gateway", SPACE, GATEWAY)
        if now["metadata"]["resourceVersion"] == last["metadata"]["resourceVersion"]:
            return now
        last = now


def run(cluster, count=ROUTES):
    """(seconds after the last create until it is right, writes of the Gateway's status meanwhile)."""
    api = cluster.api
    api.ensure(objects.namespace("bench-attached"))
    before = _settled(api)
    base, writes, right = _attached(before) or 0, [], threading.Event()

    watch = api.watch("Gateway", SPACE, before["metadata"]["resourceVersion"])

    def follow():
        for _, value in watch:
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
    watch.close()
    watcher.join()
    api.clear("HTTPRoute", "bench-attached")
    return seconds, len(writes)
