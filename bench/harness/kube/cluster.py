"""Starts what a benchmark of the control plane needs: an API server or a way to one, a controller, and proxies in place of a kubelet."""

import json
import socket
import threading
import time

from harness import net, releases, sluice
from harness.failure import Failure
from harness.kube import objects
from harness.kube.api import Api, Refused

SPACE = "bench-gateway"
GATEWAY = "bench"
ADDRESS = "127.0.0.1"
TOKEN_SECONDS = 24 * 3600
#: What the benchmarks create in namespaces of their own, in the order in which it is deleted.
CREATED = ["HTTPRoute", "GRPCRoute", "EndpointSlice", "Service"]


class Cluster:
    """backends: the address that backends have. A real API server accepts none of loopback in EndpointSlices."""

    def __init__(self, processes, command, kubeconfig=None, backends=None):
        self.processes, self.command, self._is_real = processes, command, kubeconfig is not None
        self.backends = backends or (_own_address() if kubeconfig else ADDRESS)
        [port] = net.free_ports(1)
        if kubeconfig:
            self.kubeconfig = kubeconfig
            # In a session of its own, so that an interrupt from the terminal leaves it for cleaning up.
            self.server = processes.start("kubectl-proxy", ["setsid", releases.kubectl(), "proxy", "--kubeconfig", kubeconfig, "--port", port])
        else:
            self.kubeconfig = processes.folder / "kubeconfig"
            self.kubeconfig.write_text(json.dumps(_kubeconfig(port)))
            self.server = processes.start("api", [*command, "api", "--listen", f"127.0.0.1:{port}"])
        self.api = Api(port)
        net.wait_until(self._answers, "readiness of the API server", 30, self.check)
        self.controller = self.admin = None

    def _answers(self):
        try:
            self.api.request("GET", "/version")
            return True
        except (OSError, Refused):
            return False

    def check(self):
        self.processes.check(self.server)

    def start_controller(self, *options, name="controller"):
        [self.admin] = net.free_ports(1)
        self.controller = self.processes.start(name, [
            *self.command, "controller", "--kubeconfig", self.kubeconfig, "--admin", f"127.0.0.1:{self.admin}", *options])
        net.wait_until(lambda: sluice.ready(self.admin), f"readiness of the {name}", 60, lambda: self.processes.check(self.controller))

    def stop_controller(self):
        self.processes.stop(self.controller)

    def clean(self):
        """Deletes what this run or one before has created, where that outlives the run: all but the namespaces, which stay empty."""
        if not self._is_real:
            return
        spaces = [one["metadata"]["name"] for one in self.api.list("Namespace")["items"]]
        for space in spaces:
            if space.startswith(objects.PREFIX) and space != SPACE:
                for kind in CREATED:
                    self.api.clear(kind, space)
        self.api.delete("Gateway", SPACE, GATEWAY)
        for name in (objects.CLASS, objects.FOREIGN_CLASS):
            self.api.delete("GatewayClass", None, name)
        net.wait_until(lambda: not any(one["metadata"]["name"] == GATEWAY for one in self.api.list("Gateway", SPACE)["items"]), "deletion of the Gateway", 60)

    def prepare(self, port):
        """Class and Gateway, with one listener."""
        self.api.ensure(objects.namespace(SPACE))
        self.api.ensure(objects.gateway_class())
        self.api.create(objects.gateway(GATEWAY, SPACE, [("http", port)]))

    def wait_for_gateway(self, seconds=30):
        """Returns its address once it is programmed."""
        found = []

        def programmed():
            status = self.api.get("Gateway", SPACE, GATEWAY).get("status", {})
            found[:] = [address["value"] for address in status.get("addresses", [])]
            return found and any(one["type"] == "Programmed" and one["status"] == "True" for one in status.get("conditions", []))

        net.wait_until(programmed, "Programmed of the Gateway", seconds, lambda: self.processes.check(self.controller), pause=0.05)
        return found[0]


class Kubelet:
    """Starts `sluice proxy` as the container of the Gateway's Deployment would, and tells the Service an address."""

    def __init__(self, cluster):
        self._cluster = cluster
        deployment = self._find("Deployment")
        self._publish_address()
        template = deployment["spec"]["template"]["spec"]
        container = template["containers"][0]
        self._files = cluster.processes.folder / "pod"
        self._files.mkdir(exist_ok=True)
        environment = {one["name"]: one["value"] for one in container.get("env", []) if "value" in one}
        self._account, self._audience = template["serviceAccountName"], _audience(template)
        self._write_token()
        arguments = [self._place(argument, template) for argument in container["args"]]
        [self.admin] = net.free_ports(1)
        self._arguments = _replace(arguments, "--admin", f"127.0.0.1:{self.admin}")
        self._start = lambda: cluster.processes.start("proxy", [*cluster.command, *self._arguments], environment=environment)
        self.process = self._start()

    def wait_ready(self):
        net.wait_until(lambda: sluice.ready(self.admin), "readiness of the proxy", 60, lambda: self._cluster.processes.check(self.process))

    def argument(self, option):
        """An argument's value, or None."""
        return self._arguments[self._arguments.index(option) + 1] if option in self._arguments else None

    def stop(self):
        self._cluster.processes.stop(self.process)

    def start(self):
        self.process = self._start()
        self.wait_ready()

    def _find(self, kind):
        found = []

        def exists():
            found[:] = self._cluster.api.list(kind, SPACE, f"gateway.networking.k8s.io/gateway-name={GATEWAY}")["items"]
            return found

        net.wait_until(exists, f"{kind} of the Gateway", 30, pause=0.05)
        return found[0]

    def _publish_address(self):
        service = self._find("Service")
        self._cluster.api.merge("Service", SPACE, service["metadata"]["name"], {"status": {"loadBalancer": {"ingress": [{"ip": ADDRESS}]}}}, "status")

    def _write_token(self):
        target = f"/api/v1/namespaces/{SPACE}/serviceaccounts/{self._account}/token"
        asked = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"audiences": [self._audience], "expirationSeconds": TOKEN_SECONDS}}
        (self._files / "token").write_text(self._cluster.api.request("POST", target, asked)["status"]["token"])

    def _place(self, argument, template):
        """A path in the container becomes one here; ConfigMaps are written where they would be mounted."""
        mounts = template["containers"][0].get("volumeMounts", [])
        for mount in sorted(mounts, key=lambda one: -len(one["mountPath"])):
            if not argument.startswith(mount["mountPath"]):
                continue
            volume = next(one for one in template["volumes"] if one["name"] == mount["name"])
            folder = self._files if "projected" in volume else self._files / mount["name"]
            folder.mkdir(exist_ok=True)
            for source in volume.get("projected", {}).get("sources", []):
                if "configMap" in source:
                    self._write_config_map(source["configMap"]["name"], folder)
            if "configMap" in volume:
                self._write_config_map(volume["configMap"]["name"], folder)
            return str(folder) + argument[len(mount["mountPath"]):]
        return argument

    def _write_config_map(self, name, folder):
        data = self._cluster.api.request("GET", f"/api/v1/namespaces/{SPACE}/configmaps/{name}").get("data", {})
        for key, text in data.items():
            (folder / key).write_text(text)


def _audience(template):
    for volume in template["volumes"]:
        for source in volume.get("projected", {}).get("sources", []):
            if "serviceAccountToken" in source:
                return source["serviceAccountToken"]["audience"]
    raise Failure("the Deployment mounts no ServiceAccount token")


def _replace(arguments, option, value):
    if option in arguments:
        arguments[arguments.index(option) + 1] = value
        return arguments
    return [*arguments, option, value]


def _kubeconfig(port):
    return {
        "apiVersion": "v1", "kind": "Config", "current-context": "bench",
        "clusters": [{"name": "bench", "cluster": {"server": f"http://127.0.0.1:{port}"}}],
        "users": [{"name": "bench", "user": {}}],
        "contexts": [{"name": "bench", "context": {"cluster": "bench", "user": "bench"}}],
    }


def _own_address():
    """The IPv4 address of this machine by which it reaches others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            return probe.getsockname()[0]
        except OSError as error:
            raise Failure(f"this machine has no address beside loopback ({error}), and an API server takes no other: name one with --backends ADDRESS") from error


class Every(threading.Thread):
    """A context that does something again and again in the background, on time, until it is left; what that raises is raised then."""

    def __init__(self, seconds, body):
        super().__init__(daemon=True)
        self._seconds, self._body, self._ended, self._error, self.done = seconds, body, threading.Event(), None, 0
        self.start()

    def run(self):
        due = time.monotonic()
        try:
            while not self._ended.is_set():
                self._body(self.done)
                self.done += 1
                due += self._seconds
                self._ended.wait(max(0, due - time.monotonic()))
        except Exception as error:  # told by stop()
            self._error = error

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self._ended.set()
        self.join()
        if self._error and kind is None:
            raise self._error
