using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Resolves backendRefs to cluster names (HTTPBackendRef).</summary>
internal sealed class BackendResolver(ResourceSnapshot snapshot, GrantIndex grants, ClusterTable clusters)
{
    /// <summary>The cluster, or null and why. The check of the grant comes before that of existence, which it must not reveal.</summary>
    public string? Resolve(string routeNamespace, HttpBackendRef reference, out Finding? problem)
    {
        problem = null;
        if (reference.Group.Length != 0 || reference.Kind != "Service")
        {
            problem = new Finding(Reason.InvalidKind, InvalidKindMessage(reference));
            return null;
        }
        var name = new NamespacedName(reference.Namespace ?? routeNamespace, reference.Name);
        if (!grants.Permits("HTTPRoute", routeNamespace, "", "Service", name))
        {
            problem = new Finding(Reason.RefNotPermitted, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets an HTTPRoute of namespace \"{routeNamespace}\" use Service \"{name.Name}\"");
            return null;
        }
        if (!snapshot.Services.TryGetValue(name, out var service))
        {
            problem = new Finding(Reason.BackendNotFound, $"Service \"{name}\" does not exist");
            return null;
        }
        problem = CheckPort(service, reference.Port);
        return problem is null ? clusters.NameOf(name, reference.Port!.Value) : null;
    }

    private static string InvalidKindMessage(HttpBackendRef reference)
    {
        if (reference.Group == GatewayApiGroup.Kgateway && reference.Kind == "DirectResponse")
            return "a DirectResponse is no backend; name it in a filter of type ExtensionRef";
        var kind = reference.Group.Length == 0 ? reference.Kind : $"{reference.Kind}.{reference.Group}";
        return $"kind {kind} is not supported; use a core Service";
    }

    private static Finding? CheckPort(Service service, int? wanted)
    {
        if (wanted is not { } port)
            return new Finding(Reason.BackendNotFound, $"port is missing; Service \"{service.Key}\" has {Ports(service)}");
        var servicePort = service.Ports.FirstOrDefault(candidate => candidate.Port == port);

        // An ExternalName Service needs no ports: the port of the reference is the one of the host.
        if (servicePort is null)
            return service.Type == ServiceType.ExternalName && service.Ports.Count == 0
                ? null
                : new Finding(Reason.BackendNotFound, $"Service \"{service.Key}\" has no port {port}; it has {Ports(service)}");
        if (servicePort.Protocol != "TCP")
            return new Finding(Reason.UnsupportedProtocol, $"port {port} of Service \"{service.Key}\" has protocol {servicePort.Protocol}; HTTP needs TCP");
        return IsSpoken(servicePort.AppProtocol)
            ? null
            : new Finding(Reason.UnsupportedProtocol, $"port {port} of Service \"{service.Key}\" has appProtocol {servicePort.AppProtocol}, which is not spoken to backends by this version");
    }

    // appProtocol is a hint that anyone may set; only values that mean another wire protocol than HTTP/1.1 in clear are refused.
    private static bool IsSpoken(string? appProtocol) => appProtocol?.ToLowerInvariant() is not
        ("kubernetes.io/h2c" or "kubernetes.io/wss" or "h2c" or "http2" or "grpc" or "https" or "tls");

    private static string Ports(Service service) =>
        service.Ports.Count == 0 ? "none" : string.Join(", ", service.Ports.Select(port => port.Port));
}
