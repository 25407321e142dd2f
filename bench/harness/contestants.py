"""The proxies of a comparison, each able to start itself for a number of routes."""

from dataclasses import dataclass
from typing import Callable, Optional

from harness import haproxy, manifests, net, nginx, sluice, streams, tls
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


def peers(nginx_file, haproxy_file, backend_port, group, authority):
    """Each in its default and in a tuned configuration. HAProxy relays no UDP."""
    def of(module, start_stream, label, binary, tuned):
        def start(processes, name, scenario):
            if scenario.stream:
                return start_stream(processes, name, binary, PROXY_CORE, backend_port, scenario, tuned)
            # One route is the peers' plain configuration: no host matching at all.
            routes = 0 if scenario.routes == 1 else scenario.routes
            return module.start(processes, name, binary, PROXY_CORE, backend_port, routes, tuned, h2=scenario.streams > 0, grpc=scenario.grpc,
                                certificate=authority.certificate() if scenario.tls else None)
        version = module.with_openssl(binary) if group == "tls" else module.version(binary)
        return Contestant(f"{label}-tuned" if tuned else label, version, label, start)

    modules = [(nginx, streams.start_nginx, "nginx", nginx_file)]
    if group != "udp":
        modules.append((haproxy, streams.start_haproxy, "haproxy", haproxy_file))
    return [of(*module, tuned) for module in modules for tuned in (False, True)]


def ours(name, command, backend_port, authority):
    def start(processes, instance, scenario):
        [port] = net.free_ports(1)
        file = processes.folder / f"{instance}.yaml"
        file.write_text(manifests.join(manifests.CLASS, manifests.service("backend", backend_port, "UDP" if scenario.udp else "TCP"),
                                       *_gateway_and_routes(scenario, port, authority)))
        process, _ = sluice.start(processes, instance, command, file, PROXY_CORE, ["--workers", "1"])
        if scenario.stream:
            streams.wait(processes, process, port, scenario, instance)
        return process, port
    return Contestant(name, sluice.version(command), None, start, compiled_at_run_time=True)


def _gateway_and_routes(scenario, port, authority):
    if scenario.stream:
        protocol = "UDP" if scenario.udp else "TCP"
        return [manifests.gateway(manifests.listener("relay", port, protocol)), manifests.stream_route("relay", protocol, "backend")]
    routes = [manifests.numbered_route(i, "backend", grpc=scenario.grpc) for i in range(scenario.routes)]
    if not scenario.tls:
        return [manifests.gateway(("http", port)), *routes]
    options = {"kgateway.dev/min-tls-version": "1.3", "kgateway.dev/cipher-suites": tls.CIPHER, "kgateway.dev/ecdh-curves": tls.GROUP}
    return [manifests.gateway(manifests.https_listener("https", port, "certificate", options=options)),
            manifests.secret("certificate", *authority.certificate()), *routes]
