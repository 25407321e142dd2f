using System.Diagnostics.CodeAnalysis;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.References;

/// <summary>Resolves references of routes to ports of Services (BackendObjectReference).</summary>
/// <param name="snapshot">Where Services are looked up.</param>
/// <param name="grants">What permits references across namespaces.</param>
/// <param name="routeKind">Kind of the routes whose references are resolved.</param>
/// <param name="transport">The protocol that the port must have: "TCP" or "UDP".</param>
internal sealed class ServiceResolver(ResourceSnapshot snapshot, GrantIndex grants, string routeKind, string transport)
{
    /// <summary>
    /// False, and why, when the reference does not resolve. The port is null for an ExternalName Service without ports: the one of
    /// the reference is then the one of the host. The check of the grant comes before that of existence, which it must not reveal.
    /// </summary>
    public bool Find(
        string routeNamespace,
        BackendObjectReference reference,
        [NotNullWhen(true)] out Service? service,
        out ServicePort? port,
        [NotNullWhen(false)] out Finding? problem)
    {
        service = null;
        port = null;
        if (reference.Group.Length != 0 || reference.Kind != "Service")
        {
            problem = new Finding(Reason.InvalidKind, InvalidKindMessage(reference));
            return false;
        }
        var name = new NamespacedName(reference.Namespace ?? routeNamespace, reference.Name);
        if (!grants.Permits(routeKind, routeNamespace, "", "Service", name))
        {
            problem = new Finding(Reason.RefNotPermitted, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets {(routeKind == "HTTPRoute" ? "an" : "a")} {routeKind} of namespace \"{routeNamespace}\" use Service \"{name.Name}\"");
            return false;
        }
        if (!snapshot.Services.TryGetValue(name, out service))
        {
            problem = new Finding(Reason.BackendNotFound, $"Service \"{name}\" does not exist");
            return false;
        }
        problem = CheckPort(service, reference.Port, out port);
        return problem is null;
    }

    /// <summary>The same of a reference to a Backend, which has no ports.</summary>
    public bool FindBackend(string routeNamespace, BackendObjectReference reference, [NotNullWhen(true)] out Backend? backend, [NotNullWhen(false)] out Finding? problem)
    {
        backend = null;
        problem = null;
        var name = new NamespacedName(reference.Namespace ?? routeNamespace, reference.Name);
        if (!grants.Permits(routeKind, routeNamespace, GatewayApiGroup.Kgateway, "Backend", name))
            problem = new Finding(Reason.RefNotPermitted, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets {(routeKind == "HTTPRoute" ? "an" : "a")} {routeKind} of namespace \"{routeNamespace}\" use Backend \"{name.Name}\"");
        else if (!snapshot.Backends.TryGetValue(name, out backend))
            problem = new Finding(Reason.BackendNotFound, $"Backend \"{name}\" does not exist");
        return backend is not null;
    }

    /// <summary>The port of that number and protocol; if there is none, one of that number with another protocol.</summary>
    public static ServicePort? PortOf(Service service, int number, string protocol)
    {
        ServicePort? other = null;
        foreach (var port in service.Ports)
        {
            if (port.Port != number)
                continue;
            if (port.Protocol == protocol)
                return port;
            other ??= port;
        }
        return other;
    }

    /// <summary>Whether the reference is to a Service that keeps clients at their endpoints by address (spec.sessionAffinity).</summary>
    public bool HasClientAffinity(string routeNamespace, BackendObjectReference reference) =>
        reference is { Group: "", Kind: "Service" }
        && snapshot.Services.TryGetValue(new NamespacedName(reference.Namespace ?? routeNamespace, reference.Name), out var service)
        && service.HasClientAffinity;

    private string InvalidKindMessage(BackendObjectReference reference)
    {
        if (reference.Group == GatewayApiGroup.Kgateway && reference.Kind == "DirectResponse")
            return "a DirectResponse is no backend; name it in a filter of type ExtensionRef";
        var kind = reference.Group.Length == 0 ? reference.Kind : $"{reference.Kind}.{reference.Group}";
        return $"kind {kind} is not supported; use a core Service{(routeKind is "HTTPRoute" or "GRPCRoute" ? $", or a Backend of {GatewayApiGroup.Kgateway}" : "")}";
    }

    private Finding? CheckPort(Service service, int? wanted, out ServicePort? port)
    {
        port = null;
        if (wanted is not { } number)
            return new Finding(Reason.BackendNotFound, $"port is missing; Service \"{service.Key}\" has {Ports(service)}");
        port = PortOf(service, number, transport);
        if (port is null)
            return service.Type == ServiceType.ExternalName && service.Ports.Count == 0
                ? null
                : new Finding(Reason.BackendNotFound, $"Service \"{service.Key}\" has no port {number}; it has {Ports(service)}");
        return port.Protocol == transport
            ? null
            : new Finding(Reason.UnsupportedProtocol, $"port {number} of Service \"{service.Key}\" has protocol {port.Protocol}; {Needs()}");
    }

    private string Needs() => routeKind is "HTTPRoute" or "GRPCRoute" ? "HTTP needs TCP" : $"a {routeKind} needs {transport}";

    private static string Ports(Service service) =>
        service.Ports.Count == 0 ? "none" : string.Join(", ", service.Ports.Select(port => port.Port));
}
