"""Routes of another controller's Gateway that change: they must cost nothing."""

import time

from harness import usage
from harness.kube import objects
from harness.kube.cluster import Every

#: Ten times as often as the routes of bench/scale that are ours; the first changes, which the runtime compiles code for, do not count.
ROUTES, WARM_UP, SECONDS, PER_SECOND = 5000, 20, 60, 10


def run(cluster, count=ROUTES, seconds=SECONDS):
    """Cores that the controller used meanwhile, and changes per second."""
    api = cluster.api
    api.ensure(objects.namespace("bench-foreign"))
    api.ensure(objects.gateway_class(objects.FOREIGN_CLASS, "example.com/another-controller"))
    api.ensure(objects.gateway("foreign", "bench-foreign", [("http", 80)], objects.FOREIGN_CLASS))
    for i in range(count):
        api.create(_route(i, 0))
    with Every(1 / PER_SECOND, lambda number: api.merge("HTTPRoute", "bench-foreign", f"foreign-{number % count}", {"spec": _route(number % count, number + 1)["spec"]})) as churn:
        time.sleep(WARM_UP)
        used, start, before = usage.cpu_ns(cluster.controller.pid), time.monotonic(), churn.done
        time.sleep(seconds)
        cores = (usage.cpu_ns(cluster.controller.pid) - used) / 1e9 / (time.monotonic() - start)
        changes = churn.done - before
    api.clear("HTTPRoute", "bench-foreign")
    api.delete("Gateway", "bench-foreign", "foreign")
    return cores, changes / seconds


def _route(i, version):
    return objects.http_route(f"foreign-{i}", "bench-foreign", [objects.parent("foreign", "bench-foreign")], [f"foreign-{i}.example.com"], [
        objects.rule("/", "backend", filters=[objects.header_filter("x-version", str(version))])])
