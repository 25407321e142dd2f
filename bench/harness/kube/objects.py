"""Kubernetes objects as dictionaries."""

#: Of the names of all namespaces.
PREFIX = "bench-"
CLASS, FOREIGN_CLASS = "bench-sluice", "bench-foreign"
GATEWAY_API = "gateway.networking.k8s.io/v1"
CONTROLLER = "sluice.dev/gateway-controller"


def _object(api, kind, name, namespace=None, spec=None, labels=None, **rest):
    metadata = {"name": name}
    if namespace:
        metadata["namespace"] = namespace
    if labels:
        metadata["labels"] = labels
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **({"spec": spec} if spec is not None else {}), **rest}


def namespace(name):
    return _object("v1", "Namespace", name)


def gateway_class(name=CLASS, controller=CONTROLLER):
    return _object(GATEWAY_API, "GatewayClass", name, spec={"controllerName": controller})


def gateway(name, space, listeners, class_name=CLASS):
    """listeners: (name, port)."""
    return _object(GATEWAY_API, "Gateway", name, space, {
        "gatewayClassName": class_name,
        "listeners": [{"name": one, "port": port, "protocol": "HTTP", "allowedRoutes": {"namespaces": {"from": "All"}}} for one, port in listeners]})


def parent(name, space):
    return {"name": name, "namespace": space}


def header_filter(name, value, response=False):
    kind = "ResponseHeaderModifier" if response else "RequestHeaderModifier"
    field = "responseHeaderModifier" if response else "requestHeaderModifier"
    return {"type": kind, field: {"set": [{"name": name, "value": value}]}}


#: The backend of the benchmarks knows few paths: "/" is 100 octets.
TO_ROOT = {"type": "URLRewrite", "urlRewrite": {"path": {"type": "ReplacePrefixMatch", "replacePrefixMatch": "/"}}}


def rule(path, backend, port=80, filters=()):
    return {"matches": [{"path": {"type": "PathPrefix", "value": path}}], "backendRefs": [{"name": backend, "port": port}],
            **({"filters": list(filters)} if filters else {})}


def http_route(name, space, parents, hosts, rules):
    return _object(GATEWAY_API, "HTTPRoute", name, space, {"parentRefs": parents, "hostnames": hosts, "rules": rules})


def grpc_route(name, space, parents, hosts, backend, port=80, filters=()):
    return _object(GATEWAY_API, "GRPCRoute", name, space, {
        "parentRefs": parents, "hostnames": hosts,
        "rules": [{"backendRefs": [{"name": backend, "port": port}], **({"filters": list(filters)} if filters else {})}]})


def service(name, space, ports=(("http", 80),), protocol=None):
    return _object("v1", "Service", name, space, {
        "ports": [{"name": one, "port": port, **({"appProtocol": protocol} if protocol else {})} for one, port in ports]})


def endpoint_slice(service_name, space, addresses, ports, suffix="1"):
    """ports: (name, port)."""
    return _object("discovery.k8s.io/v1", "EndpointSlice", f"{service_name}-{suffix}", space, labels={"kubernetes.io/service-name": service_name},
                   addressType="IPv4", endpoints=[{"addresses": [address], "conditions": {"ready": True}} for address in addresses],
                   ports=[{"name": name, "port": port, "protocol": "TCP"} for name, port in ports])
