"""Interleaved runs of several proxies through a family of scenarios."""

import statistics
import time
from dataclasses import dataclass

from harness import http2, net, streams, tls, usage
from harness.failure import Failure
from harness.hosts import host
from harness.processes import LOAD_CORE, PROXY_CORE


@dataclass(frozen=True)
class Run:
    cpu_us: float
    rps: float
    p50_us: int
    p99_us: int
    errors: int
    busy: float  # share of its core that the proxy used
    others: float  # share of both cores that went to anything but proxy, backend and load
    rss_kb: int


@dataclass(frozen=True)
class Entry:
    """One proxy in one scenario, running."""
    scenario: object
    contestant: object
    process: object
    port: int
    backend: object
    #: File of the authority that TLS is checked with; None in cleartext.
    authority: object


def measure_family(processes, generator, backend, scenarios, contestants, rounds, seconds, authority, facts):
    """generator: of a scenario. facts: what was learnt of a contestant is put there. Returns {(scenario name, contestant name): [Run, ...]}."""
    instances, entries = {}, []
    try:
        for contestant in contestants:
            for scenario in scenarios:
                key = (contestant.name, scenario.routes)
                if key not in instances:
                    instances[key] = contestant.start(processes, f"{contestant.name}-{scenario.family}-{scenario.routes}", scenario)
                entry = Entry(scenario, contestant, *instances[key], backend, authority)
                facts.setdefault(contestant.name, {}).update(_verify(processes, entry))
                entries.append(entry)
        for entry in entries:
            _warm_up(generator(entry.scenario), entry)
        runs = {(e.scenario.name, e.contestant.name): [] for e in entries}
        for number in range(rounds):
            print(f"  round {number + 1} of {rounds}", flush=True)
            for entry in entries if number % 2 == 0 else reversed(entries):
                processes.check(entry.process)
                runs[entry.scenario.name, entry.contestant.name].append(_run(generator(entry.scenario), entry, seconds))
        return runs
    finally:
        for process, _ in instances.values():
            processes.stop(process)


def _verify(processes, entry):
    """The proxy answers this scenario, matches hosts, and does the work that all are meant to do. Returns facts about it."""
    scenario, name = entry.scenario, f"{entry.contestant.name} ({entry.scenario.name})"
    last = host(scenario.routes - 1)
    processes.check(entry.process)
    if scenario.stream:
        streams.verify(entry.port, scenario, name)
        return {}
    if scenario.grpc:
        http2.verify_call(entry.port, last, name)
        return {}
    get, facts = http2.get if scenario.streams else net.get, {}
    if scenario.tls:
        facts = {"tickets": tls.verify(entry.port, name)}
        if entry.contestant.peer is None:
            facts["openssl"] = tls.openssl_of(entry.process.pid)
        get = lambda port, path, name: tls.get(port, path, name, entry.authority, scenario.streams > 0)
    scheme = b"https" if scenario.tls else b"http"
    status, body = get(entry.port, scenario.path, last)
    if status != 200 or len(body) != scenario.response_bytes:
        raise Failure(f"{name} answered {status} with {len(body)} bytes, expected 200 with {scenario.response_bytes}")
    head = get(entry.port, "/head", last)[1].lower()
    for field in (b"x-forwarded-for: 127.0.0.1\r\n", b"x-forwarded-proto: " + scheme + b"\r\n", b"host: " + last.encode() + b"\r\n"):
        if field not in head:
            raise Failure(f"{name} did not send '{field.decode().strip()}' upstream:\n{head.decode()}")
    if scenario.routes > 1 and get(entry.port, "/", "other.example.com")[0] != 404:
        raise Failure(f"{name} does not answer 404 for a host without a route")
    return facts


def _run(generator, entry, seconds):
    cores = {LOAD_CORE, PROXY_CORE}

    def readings():
        return (time.monotonic_ns(), usage.cpu_ns(entry.process.pid), usage.cpu_ns(entry.backend.pid), usage.children_ns(),
                usage.cores_busy_ns(cores))

    before = readings()
    result = generator.run(entry.port, entry.scenario, seconds)
    wall, proxy, backend, children, busy = (after - start for after, start in zip(readings(), before))
    if result.requests == 0:
        raise Failure(f"{entry.contestant.name} ({entry.scenario.name}) completed no request")
    p50, p99 = (result.p50_us, result.p99_us) if result.p50_us is not None else generator.latencies(entry.port, entry.scenario)
    return Run(
        cpu_us=proxy / 1e3 / result.requests, rps=result.rps, p50_us=p50, p99_us=p99,
        errors=result.errors, busy=proxy / wall, others=max(0, busy - proxy - backend - children) / wall / len(cores),
        rss_kb=usage.memory_kb(entry.process.pid)["VmRSS"])


def _warm_up(generator, entry):
    """Peers: one short run. Compiled code: until two runs in a row agree within 5 %, at least three, at most eight."""
    if not entry.contestant.compiled_at_run_time:
        _run(generator, entry, 1)
        return
    previous = None
    for number in range(8):
        now = _run(generator, entry, 2).cpu_us
        if number >= 2 and abs(now - previous) < 0.05 * previous:
            return
        previous = now


def median(runs, field):
    return statistics.median(getattr(run, field) for run in runs)
