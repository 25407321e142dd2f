using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Resolves references to backends to cluster names (BackendObjectReference).</summary>
/// <param name="snapshot">Where Services are looked up.</param>
/// <param name="grants">What permits references across namespaces.</param>
/// <param name="clusters">Where names are taken from.</param>
/// <param name="routeKind">Kind of the routes whose references are resolved.</param>
/// <param name="unstated">What is spoken with a backend whose Service does not say.</param>
internal sealed class BackendResolver(ResourceSnapshot snapshot, GrantIndex grants, ClusterTable clusters, string routeKind, UpstreamProtocol unstated)
{
    /// <summary>The cluster, or null and why. The check of the grant comes before that of existence, which it must not reveal.</summary>
    public string? Resolve(string routeNamespace, BackendObjectReference reference, out Finding? problem)
    {
        problem = null;
        if (reference.Group.Length != 0 || reference.Kind != "Service")
        {
            problem = new Finding(Reason.InvalidKind, InvalidKindMessage(reference));
            return null;
        }
        var name = new NamespacedName(reference.Namespace ?? routeNamespace, reference.Name);
        if (!grants.Permits(routeKind, routeNamespace, "", "Service", name))
        {
            problem = new Finding(Reason.RefNotPermitted, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets {(routeKind == "HTTPRoute" ? "an" : "a")} {routeKind} of namespace \"{routeNamespace}\" use Service \"{name.Name}\"");
            return null;
        }
        if (!snapshot.Services.TryGetValue(name, out var service))
        {
            problem = new Finding(Reason.BackendNotFound, $"Service \"{name}\" does not exist");
            return null;
        }
        problem = CheckPort(service, reference.Port, out var protocol);
        return problem is null ? clusters.NameOf(name, reference.Port!.Value, protocol) : null;
    }

    /// <summary>Whether the reference is to a Service that keeps clients at their endpoints by address (spec.sessionAffinity).</summary>
    public bool HasClientAffinity(string routeNamespace, BackendObjectReference reference) =>
        reference is { Group: "", Kind: "Service" }
        && snapshot.Services.TryGetValue(new NamespacedName(reference.Namespace ?? routeNamespace, reference.Name), out var service)
        && service.HasClientAffinity;

    private static string InvalidKindMessage(BackendObjectReference reference)
    {
        if (reference.Group == GatewayApiGroup.Kgateway && reference.Kind == "DirectResponse")
            return "a DirectResponse is no backend; name it in a filter of type ExtensionRef";
        var kind = reference.Group.Length == 0 ? reference.Kind : $"{reference.Kind}.{reference.Group}";
        return $"kind {kind} is not supported; use a core Service";
    }

    private Finding? CheckPort(Service service, int? wanted, out UpstreamProtocol protocol)
    {
        protocol = unstated;
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
        if (!BackendProtocol.TryFind(servicePort.AppProtocol, unstated, out protocol))
            return new Finding(Reason.UnsupportedProtocol, $"port {port} of Service \"{service.Key}\" has appProtocol {servicePort.AppProtocol}, which is not spoken to backends by this version");

        // HTTP/1.1 has no place for gRPC's trailers in both directions: such a backend is none of a GRPCRoute.
        return protocol == UpstreamProtocol.Http1 && unstated == UpstreamProtocol.Http2
            ? new Finding(Reason.UnsupportedProtocol, $"port {port} of Service \"{service.Key}\" has appProtocol {servicePort.AppProtocol}, which cannot carry gRPC")
            : null;
    }

    private static string Ports(Service service) =>
        service.Ports.Count == 0 ? "none" : string.Join(", ", service.Ports.Select(port => port.Port));
}
