"""The proxies of a comparison, each able to start itself for a number of routes."""

from dataclasses import dataclass
from typing import Callable, Optional

from harness import haproxy, manifests, net, nginx, sluice
from harness.processes import PROXY_CORE


@dataclass(frozen=True)
class Contestant:
    name: str
    version: str
    #: Whose ratio it counts for: "nginx", "haproxy", or None for Sluice itself.
    peer: Optional[str]
    #: (processes, instance name, scenario) to (process, port).
    start: Callable
    #: Code that is compiled while it runs needs more warm-up.
    compiled_at_run_time: bool = False


def peers(nginx_file, haproxy_file, backend_port):
    def of(module, label, binary, tuned):
        def start(processes, name, scenario):
            # One route is the peers' plain configuration: no host matching at all.
            routes = 0 if scenario.routes == 1 else scenario.routes
            return module.start(processes, name, binary, PROXY_CORE, backend_port, routes, tuned, h2=scenario.streams > 0, grpc=scenario.grpc)
        return Contestant(f"{label}-tuned" if tuned else label, module.version(binary), label, start)

    return [of(module, label, binary, tuned)
            for module, label, binary in ((nginx, "nginx", nginx_file), (haproxy, "haproxy", haproxy_file))
            for tuned in (False, True)]


def ours(name, command, backend_port):
    def start(processes, instance, scenario):
        [port] = net.free_ports(1)
        file = processes.folder / f"{instance}.yaml"
        file.write_text(manifests.join(
            manifests.CLASS, manifests.gateway(("http", port)), manifests.service("backend", backend_port),
            *(manifests.numbered_route(i, "backend", grpc=scenario.grpc) for i in range(scenario.routes))))
        process, _ = sluice.start(processes, instance, command, file, PROXY_CORE, ["--workers", "1"])
        return process, port
    return Contestant(name, sluice.version(command), None, start, compiled_at_run_time=True)
