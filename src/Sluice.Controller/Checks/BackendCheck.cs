using Sluice.Configuration;
using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>Rules that can only answer with 500 or close connections, and Services that routes name but that have no endpoints.</summary>
internal static class BackendCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        var streamed = StreamCheck.Streams(manifests).SelectMany(stream => stream.Route.Backends).Select(backend => backend.Cluster).ToHashSet();
        foreach (var cluster in manifests.Configurations.SelectMany(configuration => configuration.Clusters).DistinctBy(cluster => cluster.Name))
        {
            if (cluster.Endpoints.Count == 0 && Find(cluster, manifests.Snapshot) is { } service && Advice(service, manifests) is { } advice)
                yield return Finding.Warning(service, null, $"port {Port(cluster)} has no endpoints, so that {(streamed.Contains(cluster.Name) ? "connections are closed" : "requests are answered with 503")}; {advice}");
        }
        foreach (var route in manifests.Snapshot.Layer7Routes)
        {
            for (var i = 0; i < route.CommonRules.Count; i++)
            {
                var rule = route.CommonRules[i];
                if (rule.Filters.Any(filter => filter.Type is "RequestRedirect" or "ExtensionRef"))
                    continue;
                if (rule.BackendRefs.Count == 0)
                    yield return Finding.Warning(route, $"spec.rules[{i}].backendRefs", "there is none and no filter that answers, so that requests are answered with 500");
                else if (rule.BackendRefs.All(backend => backend.Weight == 0))
                    yield return Finding.Warning(route, $"spec.rules[{i}].backendRefs", "every weight is 0, so that requests are answered with 500");
            }
        }
        foreach (var finding in WithoutWeight(manifests))
            yield return finding;
    }

    /// <summary>What to do about a Service without endpoints; null for nothing: manifests have none where a selector finds them in the cluster.</summary>
    private static string? Advice(Resources.Core.Service service, OfflineManifests manifests)
    {
        if (manifests.IsCluster)
            return service.HasSelector ? "no Pod that its selector finds is there" : "it has no selector: give an EndpointSlice";
        return service.HasSelector ? null : $"give an EndpointSlice or Endpoints, or the annotation {Resources.Core.Service.EndpointsAnnotation}: \"127.0.0.1:PORT\"";
    }

    private static IEnumerable<DiagnosticReport> WithoutWeight(OfflineManifests manifests)
    {
        foreach (var route in manifests.Snapshot.Layer4Routes)
        {
            if (route.Rule.BackendRefs.All(backend => backend.Weight == 0))
                yield return Finding.Warning(route, "spec.rules[0].backendRefs", $"every weight is 0, so that {(route is UdpRoute ? "datagrams are dropped" : "connections are closed")}");
        }
    }

    private static Resources.Core.Service? Find(Cluster cluster, ResourceSnapshot snapshot)
    {
        var slash = cluster.Name.IndexOf('/', StringComparison.Ordinal);
        var colon = cluster.Name.LastIndexOf(':');
        return snapshot.Services.GetValueOrDefault(new NamespacedName(cluster.Name[..slash], cluster.Name[(slash + 1)..colon]));
    }

    private static string Port(Cluster cluster) => cluster.Name[(cluster.Name.LastIndexOf(':') + 1)..].Split('/')[0];
}
