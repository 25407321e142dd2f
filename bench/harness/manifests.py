"""Gateway API manifests for Sluice, as text."""

import base64

from harness.hosts import host

CLASS = """\
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata:
  name: sluice
spec:
  controllerName: sluice.dev/gateway-controller
"""


def listener(name, port, protocol="HTTP", hostname=None):
    return f"  - name: {name}\n    protocol: {protocol}\n    port: {port}\n" + (f'    hostname: "{hostname}"\n' if hostname else "")


def https_listener(name, port, secret, hostname=None, options=None):
    """options: of tls.options, by name."""
    lines = "".join(f'        {key}: "{value}"\n' for key, value in (options or {}).items())
    return listener(name, port, "HTTPS", hostname) + f"    tls:\n      mode: Terminate\n      certificateRefs:\n      - name: {secret}\n" + (
        f"      options:\n{lines}" if lines else "")


def secret(name, certificate, key, namespace="bench"):
    """Of the files of a certificate and its key, as cert-manager writes it."""
    data = {"tls.crt": certificate, "tls.key": key}
    lines = "".join(f"  {field}: {base64.b64encode(file.read_bytes()).decode()}\n" for field, file in data.items())
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {name}\n  namespace: {namespace}\ntype: kubernetes.io/tls\ndata:\n{lines}"


def stream_route(name, protocol, backend):
    """A TCPRoute or UDPRoute."""
    return f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: {protocol}Route
metadata:
  name: {name}
  namespace: bench
spec:
  parentRefs:
  - name: bench
  rules:
  - backendRefs:
    - name: {backend}
      port: 80
"""


def gateway(*listeners):
    """listeners: texts of listener(), or (name, port) pairs for HTTP."""
    lines = "".join(one if isinstance(one, str) else listener(*one) for one in listeners)
    return f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: bench
  namespace: bench
spec:
  gatewayClassName: sluice
  listeners:
{lines}"""


def service(name, endpoint_port, protocol="TCP"):
    """A Service whose one endpoint is a loopback port."""
    return f"""\
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: bench
  annotations:
    sluice.dev/endpoints: "127.0.0.1:{endpoint_port}"
spec:
  ports:
  - name: http
    port: 80
    protocol: {protocol}
"""


def service_with_slice(name, endpoint_port, namespace="bench"):
    """The same as a cluster would have it: a Service and its EndpointSlice."""
    return f"""\
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {namespace}
spec:
  ports:
  - name: http
    port: 80
    targetPort: {endpoint_port}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: {name}-1
  namespace: {namespace}
  labels:
    kubernetes.io/service-name: {name}
addressType: IPv4
endpoints:
- addresses: ["127.0.0.1"]
  conditions:
    ready: true
ports:
- name: http
  port: {endpoint_port}
"""


def grpc_route(name, hostnames, backend):
    """A GRPCRoute that takes every method."""
    hosts = "".join(f"  - {name}\n" for name in hostnames)
    return f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata:
  name: {name}
  namespace: bench
spec:
  parentRefs:
  - name: bench
  hostnames:
{hosts}  rules:
  - backendRefs:
    - name: {backend}
      port: 80
"""


def route(name, hostnames, backend, path="/", response_header=None, namespace="bench", parent=("Gateway", "bench")):
    """An HTTPRoute with one rule. response_header: (name, value) set on every response. parent: (kind, name)."""
    hosts = "".join(f"  - {name}\n" for name in hostnames)
    filters = "" if response_header is None else f"""\
    filters:
    - type: ResponseHeaderModifier
      responseHeaderModifier:
        set:
        - name: {response_header[0]}
          value: "{response_header[1]}"
"""
    return f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {name}
  namespace: {namespace}
spec:
  parentRefs:
  - kind: {parent[0]}
    name: {parent[1]}
  hostnames:
{hosts}  rules:
  - matches:
    - path:
        type: PathPrefix
        value: {path}
{filters}    backendRefs:
    - name: {backend}
      port: 80
"""


def join(*documents):
    return "---\n".join(documents)


def numbered_route(index, backend, grpc=False, **options):
    if grpc:
        return grpc_route(f"route-{index}", [host(index)], backend)
    return route(f"route-{index}", [host(index)], backend, **options)


def write_numbered(folder, count, port, endpoint_port):
    """A folder as people have it: the Gateway, and one file per route with its own Service and EndpointSlice."""
    folder.mkdir(parents=True)
    (folder / "gateway.yaml").write_text(join(CLASS, gateway(("http", port))))
    for index in range(count):
        write_numbered_route(folder, index, endpoint_port)


def write_numbered_route(folder, index, endpoint_port, **options):
    """Writes one route's file anew; readers see the old or the new content, never a part."""
    name = f"service-{index}"
    text = join(numbered_route(index, name, **options), service_with_slice(name, endpoint_port))
    replace(folder / f"route-{index}.yaml", text)


def replace(path, text):
    """Writes a file under a temporary name and renames it over the old one."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text)
    temporary.rename(path)
