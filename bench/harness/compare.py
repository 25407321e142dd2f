"""bench/run: CPU per request of Sluice, nginx and HAProxy, side by side."""

import dataclasses

from harness import (backend, certificates, command, comparison, contestants, h2load, libraries, load, net, packages, policies, releases, report,
                     sluice, streams, telemetry, tls)
from harness.failure import Failure
from harness.processes import Processes
from harness.scenarios import GROUPS

FULL_ROUNDS = 5


def options():
    p = command.parser("run", "Compares CPU per request with nginx and HAProxy on one pinned core.")
    p.add_argument("group", nargs="?", default="http1", choices=sorted(GROUPS), help="group of scenarios (default: http1)")
    releases.add_options(p)
    p.add_argument("--rounds", type=int, default=FULL_ROUNDS, metavar="N", help="interleaved rounds (default: %(default)s)")
    p.add_argument("--seconds", type=int, default=2, metavar="S", help="length of one run (default: %(default)s)")
    p.add_argument("--scenario", action="extend", nargs="+", metavar="NAME", help="only these scenarios")
    p.add_argument("--only", action="extend", nargs="+", metavar="PROXY", help="only these proxies, for example sluice nginx")
    o = p.parse_args()
    if o.rounds < 1 or o.seconds < 1:
        p.error("--rounds and --seconds must be at least 1")
    known = [s.name for s in GROUPS[o.group]]
    for name in o.scenario or []:
        if name not in known:
            p.error(f"no scenario '{name}' in group {o.group}; there are: {', '.join(known)}")
    return o


def choose_contestants(o, backend_port, authority):
    if o.group == "policies":
        chosen = policies.contestants(sluice.published(o.sluice), backend_port)
        chosen = [c for c in chosen if not o.only or c.name in o.only]
        if not chosen:
            raise Failure(f"--only knows {', '.join(policies.NAMES)} here, not {' '.join(o.only)}")
        return chosen
    nginx_file, haproxy_file = releases.chosen(o)
    if o.group == "telemetry":
        chosen = telemetry.contestants(nginx_file, haproxy_file, sluice.published(o.sluice), backend_port)
        chosen = [c for c in chosen if not o.only or c.name in o.only]
        if not chosen:
            raise Failure(f"--only knows {', '.join(telemetry.NAMES)} here, not {' '.join(o.only)}")
        return chosen
    chosen = contestants.peers(nginx_file, haproxy_file, backend_port, o.group, authority)
    wanted = lambda name: not o.only or name in o.only
    if wanted("sluice"):
        published = sluice.published(o.sluice)
        if o.group == "tls" and releases.is_newest(o):
            published = [libraries.of_peers(*published)]
        chosen.append(contestants.ours("sluice", published, backend_port, authority))
    if wanted("sluice-jit"):
        chosen.append(contestants.ours("sluice-jit", sluice.jit(), backend_port, authority))
    chosen = [c for c in chosen if wanted(c.name)]
    if not chosen or o.only and len(chosen) != len(set(o.only)):
        raise Failure(f"--only knows nginx, nginx-tuned, haproxy, haproxy-tuned, sluice and sluice-jit, not {' '.join(o.only)}")
    return chosen


def generator(scenario):
    if scenario.stream:
        return streams.StreamLoad()
    if scenario.handshake:
        return tls.Handshakes()
    if scenario.streams:
        return h2load.H2Load(*packages.need("h2load"))
    return load.Wrk(*packages.need("wrk"))


def start_backend(processes, group, port):
    start = {"grpc": backend.start_grpc, "tcp": backend.start_stream, "udp": backend.start_stream}.get(group, backend.start)
    return start(processes, port)


def main(o):
    scenarios = [s for s in GROUPS[o.group] if not o.scenario or s.name in o.scenario]
    if o.group == "policies":
        scenarios = [dataclasses.replace(s, fields=policies.FIELDS) for s in scenarios]
    [backend_port] = net.free_ports(1)
    runs, facts = {}, {}
    with Processes() as processes:
        authority = certificates.Authority(processes.folder / "certificates")
        if o.group == "tls":
            authority.make(0, 1, *certificates.NAMES)
        chosen = choose_contestants(o, backend_port, authority)
        upstream = start_backend(processes, o.group, backend_port)
        for family in dict.fromkeys(s.family for s in scenarios):
            members = [s for s in scenarios if s.family == family]
            print(f"measuring {', '.join(s.name for s in members)}", flush=True)
            runs.update(comparison.measure_family(processes, generator, upstream, members, chosen, o.rounds, o.seconds, authority.file,
                                                  facts))
    full = not o.scenario and not o.only and o.rounds >= FULL_ROUNDS
    if o.group == "policies":
        return policies.publish(o, chosen, runs, full)
    if o.group == "telemetry":
        return telemetry.publish(o, chosen, runs, full)
    return report.publish(o, scenarios, chosen, runs, facts, full)


if __name__ == "__main__":
    command.run(options(), main)
