"""5,000 HTTPRoutes with a Service and its EndpointSlice each, and their churn: one route edited every second, one endpoint every two."""

import contextlib
import random
import time

from harness.kube import objects
from harness.kube.cluster import GATEWAY, SPACE, Every

NAMESPACES, PER_NAMESPACE = 50, 100
EDIT_SECONDS, ENDPOINT_SECONDS = 1, 2
ANOTHER = "192.0.2.1"


def _space(i):
    return f"bench-app-{i % NAMESPACES}"


def host(i):
    return f"app-{i}.example.com"


def _route(i, version):
    return objects.http_route(f"app-{i}", _space(i), [objects.parent(GATEWAY, SPACE)], [host(i)], [
        objects.rule("/", f"app-{i}", filters=[objects.header_filter("x-version", str(version))])])


def create(cluster, backend_port, count=NAMESPACES * PER_NAMESPACE):
    for i in range(NAMESPACES):
        cluster.api.ensure(objects.namespace(_space(i)))
    for i in range(count):
        cluster.api.create(objects.service(f"app-{i}", _space(i)))
        cluster.api.create(objects.endpoint_slice(f"app-{i}", _space(i), [cluster.backends], [("http", backend_port)]))
        cluster.api.create(_route(i, 0))


def edit_route(api, i, version):
    api.merge("HTTPRoute", _space(i), f"app-{i}", {"spec": _route(i, version)["spec"]})


class Churn:
    """A context: the churn goes on while it is entered."""

    def __init__(self, cluster, count=NAMESPACES * PER_NAMESPACE):
        self._api, self._address, self._count, self._random = cluster.api, cluster.backends, count, random.Random(20261130)

    def __enter__(self):
        self._running = contextlib.ExitStack()
        for seconds, edit in ((EDIT_SECONDS, self._edit_route), (ENDPOINT_SECONDS, self._edit_endpoints)):
            self._running.enter_context(Every(seconds, edit))
        return self

    def __exit__(self, *error):
        self._running.__exit__(*error)

    def _edit_route(self, _):
        edit_route(self._api, self._random.randrange(self._count), f"churn-{time.monotonic_ns()}")

    def _edit_endpoints(self, version):
        """A pod comes, or goes again: the second address leads nowhere, and nothing is asked of it."""
        i = self._random.randrange(self._count)
        addresses = [self._address] if version % 2 else [self._address, ANOTHER]
        endpoints = [{"addresses": [address], "conditions": {"ready": True}} for address in addresses]
        self._api.merge("EndpointSlice", _space(i), f"app-{i}-1", {"endpoints": endpoints})
