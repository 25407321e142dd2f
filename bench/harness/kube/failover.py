"""A backend that is dead for 22 of every 44 seconds beside three good ones, without retries: what fails, and how soon and how much it is used again."""

import http.client
import time

from harness import backend, net
from harness.kube import objects
from harness.kube.cluster import GATEWAY, SPACE

ROUNDS, PHASE = 5, 22
ROUTES, RULES, EVERY = 16, 16, 0.005
NAMESPACE, HOST = "bench-failover", "failover-{}.example.com"


def prepare(cluster, ports):
    api = cluster.api
    api.ensure(objects.namespace(NAMESPACE))
    api.create(objects.service("failover", NAMESPACE))
    for i, port in enumerate(ports):
        api.create(objects.endpoint_slice("failover", NAMESPACE, [cluster.backends], [("http", port)], str(i)))
    for i in range(ROUTES):
        rules = [objects.rule(f"/{rule}", "failover", filters=[objects.TO_ROOT]) for rule in range(RULES)]
        api.create(objects.http_route(f"failover-{i}", NAMESPACE, [objects.parent(GATEWAY, SPACE)], [HOST.format(i)], rules))


class Load:
    """One request every 5 ms over 256 rules in turn; every connection is kept."""

    def __init__(self, port):
        self._port, self._connection, self._number = port, None, 0

    def run(self, seconds, sees):
        """Failed requests; sees(name of the backend, seconds) is told of every answer."""
        failed, start = 0, time.monotonic()
        due = start
        while (now := time.monotonic()) - start < seconds:
            i = self._number % (ROUTES * RULES)
            self._number += 1
            try:
                self._connection = self._connection or http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
                self._connection.request("GET", f"/{i % RULES}", headers={"Host": HOST.format(i // RULES)})
                response = self._connection.getresponse()
                body = response.read()
                if response.status == 200:
                    sees(body, now - start)
                else:
                    failed += 1
            except (OSError, http.client.HTTPException):
                failed += 1
                self._connection = None
            due += EVERY
            time.sleep(max(0, due - time.monotonic()))
        return failed


def run(cluster, port, rounds=ROUNDS, phase=PHASE):
    """(failed requests of each round, seconds after each recovery until the backend answered again, its share of the answers from then on in %)."""
    *good, flapping = net.free_ports(4)
    for number, one in enumerate(good):
        backend.start(cluster.processes, one, f"good-{number}", core=None, address=cluster.backends)
    process = backend.start(cluster.processes, flapping, "flapping", core=None, address=cluster.backends)
    prepare(cluster, [*good, flapping])
    net.wait_until(lambda: net.get(port, "/0", HOST.format(ROUTES - 1))[0] == 200, "the routes of the failover", 10, cluster.check)
    load, failures, recoveries, shares = Load(port), [], [], []
    load.run(2, lambda *_: None)
    for _ in range(rounds):
        cluster.processes.stop(process)
        failed = load.run(phase, lambda *_: None)
        process = backend.start(cluster.processes, flapping, "flapping", core=None, address=cluster.backends)
        answers = []
        failed += load.run(phase, lambda body, at: answers.append((at, body.startswith(b"flapping"))))
        failures.append(failed)
        back = next((at for at, is_flapping in answers if is_flapping), float(phase))
        after = [is_flapping for at, is_flapping in answers if at >= back]
        recoveries.append(back)
        shares.append(100 * sum(after) / len(after) if after else 0.0)
    return failures, recoveries, shares
