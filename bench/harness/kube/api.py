"""A Kubernetes API over plain HTTP on loopback: Sluice's embedded one, or any other behind `kubectl proxy`."""

import http.client
import json
import socket
import threading

from harness.failure import Failure

TIMEOUT = 30
MERGE = "application/merge-patch+json"

#: kind -> (path of its group and version, plural, whether it has a namespace)
KINDS = {
    "Namespace": ("/api/v1", "namespaces", False),
    "Service": ("/api/v1", "services", True),
    "ServiceAccount": ("/api/v1", "serviceaccounts", True),
    "EndpointSlice": ("/apis/discovery.k8s.io/v1", "endpointslices", True),
    "Deployment": ("/apis/apps/v1", "deployments", True),
    "GatewayClass": ("/apis/gateway.networking.k8s.io/v1", "gatewayclasses", False),
    "Gateway": ("/apis/gateway.networking.k8s.io/v1", "gateways", True),
    "HTTPRoute": ("/apis/gateway.networking.k8s.io/v1", "httproutes", True),
    "GRPCRoute": ("/apis/gateway.networking.k8s.io/v1", "grpcroutes", True),
}


class Refused(Failure):
    def __init__(self, code, what, text):
        super().__init__(f"{what}: {code} {text[:300]}")
        self.code = code


def path(kind, namespace=None, name=None, part=None):
    group, plural, namespaced = KINDS[kind]
    text = f"{group}/namespaces/{namespace}/{plural}" if namespaced and namespace else f"{group}/{plural}"
    return text + (f"/{name}" if name else "") + (f"/{part}" if part else "")


class Api:
    """One connection that is kept; each thread has its own."""

    def __init__(self, port):
        self.port = port
        self._local = threading.local()

    def request(self, method, target, body=None, content_type="application/json"):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": content_type} if data else {}
        for attempt in (0, 1):
            connection = getattr(self._local, "connection", None)
            if connection is None:
                connection = self._local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
            try:
                connection.request(method, target, data, headers)
                response = connection.getresponse()
                text = response.read()
                # A stall of this machine between head and body: nothing was done, and it may be asked again (RFC 9110 15.5.9).
                if response.status != 408 or attempt:
                    break
            except (http.client.HTTPException, OSError):
                if attempt:
                    raise
            connection.close()
            self._local.connection = None
        if response.status >= 300:
            raise Refused(response.status, f"{method} {target}", text.decode(errors="replace"))
        return json.loads(text) if text else None

    def create(self, value):
        meta = value["metadata"]
        return self.request("POST", path(value["kind"], meta.get("namespace")), value)

    def ensure(self, value):
        """Creates it unless it is there."""
        try:
            return self.create(value)
        except Refused as refused:
            if refused.code != 409:
                raise
            return None

    def get(self, kind, namespace, name):
        return self.request("GET", path(kind, namespace, name))

    def list(self, kind, namespace=None, selector=""):
        return self.request("GET", path(kind, namespace) + (f"?labelSelector={selector}" if selector else ""))

    def merge(self, kind, namespace, name, patch, part=None):
        return self.request("PATCH", path(kind, namespace, name, part), patch, MERGE)

    def delete(self, kind, namespace, name):
        try:
            return self.request("DELETE", path(kind, namespace, name))
        except Refused as refused:
            if refused.code != 404:
                raise
            return None

    def clear(self, kind, namespace):
        """Deletes all of a kind in a namespace."""
        self.request("DELETE", path(kind, namespace))

    def watch(self, kind, namespace, resource_version):
        return Watch(self.port, f"{path(kind, namespace)}?watch=1&resourceVersion={resource_version}")


class Watch:
    """Iterates over (type, object) until the server ends it, or until close() by another thread."""

    def __init__(self, port, target):
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._connection.request("GET", target)
        self._response = self._connection.getresponse()
        if self._response.status != 200:
            raise Refused(self._response.status, target, self._response.read().decode(errors="replace"))
        self._closed = False

    def __iter__(self):
        try:
            for line in self._response:
                event = json.loads(line)
                yield event["type"], event["object"]
        except (OSError, http.client.HTTPException, ValueError):
            if not self._closed:
                raise

    def close(self):
        self._closed = True
        self._connection.sock.shutdown(socket.SHUT_RDWR)
