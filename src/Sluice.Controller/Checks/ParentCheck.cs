using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>Routes and ListenerSets that no Gateway among the manifests serves. Only warnings: the Gateway may be elsewhere.</summary>
internal static class ParentCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        foreach (var route in manifests.Snapshot.Routes)
        {
            if (route.ParentRefs.Count == 0)
                yield return Finding.Warning(route, "spec.parentRefs", "no parent is named, so that the route is not served; name the Gateway that it belongs to");
            for (var i = 0; i < route.ParentRefs.Count; i++)
            {
                if (Missing(route, route.ParentRefs[i], manifests.Snapshot, allowsSets: true) is { } message)
                    yield return Finding.Warning(route, $"spec.parentRefs[{i}]", message);
            }
        }
        foreach (var set in manifests.Snapshot.ListenerSets.Values)
        {
            if (Missing(set, set.ParentRef, manifests.Snapshot, allowsSets: false) is { } message)
                yield return Finding.Warning(set, "spec.parentRef", message);
        }
    }

    private static string? Missing(KubernetesObject child, ParentReference parent, ResourceSnapshot snapshot, bool allowsSets)
    {
        if (parent.Group == GatewayApiGroup.Name && parent.Kind == "Gateway")
            return Missing(child, parent, snapshot.Gateways.Keys);
        if (allowsSets && parent.Group == GatewayApiGroup.Name && parent.Kind == "ListenerSet")
            return Missing(child, parent, snapshot.ListenerSets.Keys);
        return $"kind {parent.Kind} of group \"{parent.Group}\" is no parent that Sluice serves; it would be a Gateway{(allowsSets ? " or a ListenerSet" : "")}";
    }

    private static string? Missing(KubernetesObject child, ParentReference parent, IEnumerable<NamespacedName> present)
    {
        var name = new NamespacedName(parent.Namespace ?? child.Metadata.Namespace, parent.Name);
        var elsewhere = new List<string>();
        foreach (var key in present)
        {
            if (key == name)
                return null;
            if (key.Name == parent.Name)
                elsewhere.Add(key.Namespace);
        }
        return elsewhere.Count > 0
            ? $"there is no {parent.Kind} {name}, but one of that name in namespace {string.Join(", ", elsewhere.Order(StringComparer.Ordinal))}: set namespace"
            : $"there is no {parent.Kind} {name} among the manifests";
    }
}
