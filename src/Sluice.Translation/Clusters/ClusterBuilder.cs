using System.Globalization;
using Sluice.Configuration;
using Sluice.Resources.Core;
using Sluice.Translation.References;

namespace Sluice.Translation.Clusters;

/// <summary>Finds the endpoints of one port of a Service.</summary>
internal static class ClusterBuilder
{
    /// <summary>
    /// The annotation sluice.dev/endpoints wins, then ExternalName, then EndpointSlices, then Endpoints of the same name.
    /// What cannot be used goes to <paramref name="notices"/>.
    /// </summary>
    public static IReadOnlyList<Endpoint> Endpoints(Service service, in ClusterIdentity identity, IReadOnlyList<EndpointSlice> slices, Endpoints? endpoints, List<Notice> notices)
    {
        if (service.Metadata.Annotations.TryGetValue(Service.EndpointsAnnotation, out var annotation))
        {
            var faults = new List<string>();
            var annotated = AnnotatedEndpoints.Read(annotation, faults);
            foreach (var fault in faults)
                notices.Add(new Notice($"Service {service.Key}", service.Source, $"metadata.annotations[{Service.EndpointsAnnotation}]: {fault}", IsWarning: true));
            return annotated;
        }

        var port = identity.Port;
        var servicePort = ServiceResolver.PortOf(service, port, identity.Transport);
        if (service.Type == ServiceType.ExternalName)
        {
            var target = servicePort?.TargetPort is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : port;
            return string.IsNullOrEmpty(service.ExternalName) ? [] : [new Endpoint(service.ExternalName, target)];
        }

        if (servicePort is null)
            return [];
        var found = new List<Endpoint>();
        if (slices.Count > 0)
            FromSlices(service, servicePort, slices, found, notices);
        else if (endpoints is not null)
            FromEndpoints(servicePort, endpoints, found);
        return found.ToArray();
    }

    private static void FromSlices(Service service, ServicePort servicePort, IReadOnlyList<EndpointSlice> slices, List<Endpoint> found, List<Notice> notices)
    {
        foreach (var slice in slices)
        {
            var port = slice.Ports.FirstOrDefault(candidate => candidate.Name == servicePort.Name);
            if (port is null && slice.Ports.Count > 0)
            {
                var names = string.Join(", ", slice.Ports.Select(candidate => $"\"{candidate.Name}\""));
                notices.Add(new Notice($"EndpointSlice {slice.Key}", slice.Source, $"ports: none is named \"{servicePort.Name}\" like port {servicePort.Port} of Service \"{service.Key}\"; there are {names}", IsWarning: true));
            }
            if (port?.Port is not { } number)
                continue;
            foreach (var endpoint in slice.Endpoints)
            {
                if (!endpoint.Ready)
                    continue;
                foreach (var address in endpoint.Addresses)
                    Add(found, address, number);
            }
        }
    }

    private static void FromEndpoints(ServicePort servicePort, Endpoints endpoints, List<Endpoint> found)
    {
        foreach (var subset in endpoints.Subsets)
        {
            if (subset.Ports.FirstOrDefault(candidate => candidate.Name == servicePort.Name)?.Port is not { } number)
                continue;
            foreach (var address in subset.Addresses)
                Add(found, address, number);
        }
    }

    private static void Add(List<Endpoint> found, string address, int port)
    {
        var endpoint = new Endpoint(address, port);
        if (!found.Contains(endpoint))
            found.Add(endpoint);
    }
}
