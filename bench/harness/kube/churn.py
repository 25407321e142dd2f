"""5,000 HTTPRoutes with a Service and its EndpointSlice each, and their churn: one route edited every second, one endpoint every two."""

import random

from harness.kube import objects
from harness.kube.cluster import GATEWAY, SPACE, Every

NAMESPACES, PER_NAMESPACE = 50, 100
EDIT_SECONDS, ENDPOINT_SECONDS = 1, 2


def _space(i):
    return f"bench-app-{i % NAMESPACES}"


def _host(i):
    return f"app-{i}.example.com"


def _route(i, version):
    return objects.http_route(f"app-{i}", _space(i), [objects.parent(GATEWAY, SPACE)], [_host(i)], [
        objects.rule("/", f"app-{i}", filters=[objects.header_filter("x-version", str(version))])])


def create(cluster, backend_port, count=NAMESPACES * PER_NAMESPACE):
    for i in range(NAMESPACES):
        cluster.api.ensure(objects.namespace(_space(i)))
    for i in range(count):
        cluster.api.create(objects.service(f"app-{i}", _space(i)))
        cluster.api.create(objects.endpoint_slice(f"app-{i}", _space(i), ["127.0.0.1"], [("http", backend_port)]))
        cluster.api.create(_route(i, 0))


class Churn:
    """A context: the churn goes on while it is entered."""

    def __init__(self, cluster, backend_port, count=NAMESPACES * PER_NAMESPACE):
        self._api, self._port, self._count, self._random = cluster.api, backend_port, count, random.Random(20261130)

    def __enter__(self):
        self._loops = [Every(EDIT_SECONDS, self._edit_route), Every(ENDPOINT_SECONDS, self._edit_endpoints)]
        return self

    def __exit__(self, *_):
        self.changes = sum(loop.stop() for loop in self._loops)

    def _edit_route(self, version):
        i = self._random.randrange(self._count)
        self._api.merge("HTTPRoute", _space(i), f"app-{i}", {"spec": _route(i, version + 1)["spec"]})

    def _edit_endpoints(self, version):
        i = self._random.randrange(self._count)
        addresses = ["127.0.0.1"] if version % 2 else ["127.0.0.1", "127.0.0.2"]
        endpoints = [{"addresses": [address], "conditions": {"ready": True}} for address in addresses]
        self._api.merge("EndpointSlice", _space(i), f"app-{i}-1", {"endpoints": endpoints})
