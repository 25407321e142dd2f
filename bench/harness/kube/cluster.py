"""Starts what a benchmark of the control plane needs: an API server or a way to one, a controller, and proxies in place of a kubelet."""

import json
import os
import threading
import time

from harness import net, sluice
from harness.failure import Failure
from harness.kube import objects
from harness.kube.api import Api, Refused

SPACE = "bench-gateway"
GATEWAY = "bench"
ADDRESS = "127.0.0.1"


class Cluster:
    def __init__(self, processes, command, kubeconfig=None):
        self.processes, self.command = processes, command
        [port] = net.free_ports(1)
        if kubeconfig:
            self.kubeconfig = kubeconfig
            self._server = processes.start("kubectl-proxy", ["kubectl", "proxy", "--kubeconfig", kubeconfig, "--port", port])
        else:
            self.kubeconfig = processes.folder / "kubeconfig"
            self.kubeconfig.write_text(json.dumps(_kubeconfig(port)))
            self._server = processes.start("api", [*command, "api", "--listen", f"127.0.0.1:{port}"])
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
        self.processes.check(self._server)

    def start_controller(self, *options, name="controller"):
        [self.admin] = net.free_ports(1)
        self.controller = self.processes.start(name, [
            *self.command, "controller", "--kubeconfig", self.kubeconfig, "--admin", f"127.0.0.1:{self.admin}", *options])
        net.wait_until(lambda: sluice.ready(self.admin), f"readiness of the {name}", 60, lambda: self.processes.check(self.controller))

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

    def __init__(self, cluster, environment=None):
        self._cluster = cluster
        deployment = self._find("Deployment")
        self._publish_address()
        template = deployment["spec"]["template"]["spec"]
        container = template["containers"][0]
        self._files = cluster.processes.folder / "pod"
        self._files.mkdir(exist_ok=True)
        self._account, self._audience = template["serviceAccountName"], _audience(template)
        self._write_token()
        arguments = [self._place(argument, template) for argument in container["args"]]
        [self.admin] = net.free_ports(1)
        arguments = _replace(arguments, "--admin", f"127.0.0.1:{self.admin}")
        self._start = lambda: cluster.processes.start("proxy", [*cluster.command, *arguments], environment=environment)
        self.process = self._start()

    def wait_ready(self):
        net.wait_until(lambda: sluice.ready(self.admin), "readiness of the proxy", 60, lambda: self._cluster.processes.check(self.process))

    def restart(self):
        self._cluster.processes.stop(self.process)
        self.process = self._start()

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
        asked = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"audiences": [self._audience], "expirationSeconds": 7200}}
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


class Every(threading.Thread):
    """Does something again and again in the background, on time, until it is stopped; what it raises is raised by stop()."""

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

    def stop(self):
        self._ended.set()
        self.join()
        if self._error:
            raise self._error
        return self.done
