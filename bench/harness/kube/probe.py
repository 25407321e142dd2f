"""Routes created one by one: how long until each answers, and what it answers until then."""

import http.client
import statistics
import time

from harness.failure import Failure
from harness.kube import objects
from harness.kube.cluster import GATEWAY, SPACE

POLL = 0.005
PATIENCE = 10


class Answers:
    """Latencies in ms, and every status code beside 404 and 200."""

    def __init__(self):
        self.times, self.wrong = [], {}

    @property
    def mean(self):
        return statistics.mean(self.times)

    @property
    def most(self):
        return max(self.times)


def prepare(cluster, backend_port):
    cluster.api.ensure(objects.namespace("bench-probe"))
    cluster.api.ensure(objects.service("probe", "bench-probe"))
    cluster.api.ensure(objects.endpoint_slice("probe", "bench-probe", [cluster.backends], [("http", backend_port)]))


def clear(cluster):
    cluster.api.clear("HTTPRoute", "bench-probe")


def run(cluster, port, count):
    answers = Answers()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for i in range(count):
        host = f"{i}-route.example.com"
        value = objects.http_route(f"probe-{i}", "bench-probe", [objects.parent(GATEWAY, SPACE)], [host], [
            objects.rule(f"/{i}", "probe", filters=[objects.header_filter("x-probe", str(i)), objects.header_filter("x-probe", str(i), response=True), objects.TO_ROOT]),
            objects.rule("/", "missing")])
        cluster.api.create(value)
        answers.times.append(_wait(connection, host, f"/{i}", answers.wrong) * 1000)
    return answers


def _wait(connection, host, path, wrong):
    """Seconds from now, when the route has just been created, until it answers."""
    start = time.monotonic()
    while True:
        asked = time.monotonic()
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        response.read()
        if response.status == 200:
            return time.monotonic() - start
        if response.status != 404:
            wrong[response.status] = wrong.get(response.status, 0) + 1
        if time.monotonic() - start > PATIENCE:
            raise Failure(f"route of {host} does not answer 200 within {PATIENCE} s: last {response.status}")
        time.sleep(max(0, POLL - (time.monotonic() - asked)))
