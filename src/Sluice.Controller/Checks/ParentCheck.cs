using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>Routes that no Gateway among the manifests serves. Only warnings: the Gateway may be elsewhere.</summary>
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
                if (Missing(route, route.ParentRefs[i], manifests.Snapshot) is { } message)
                    yield return Finding.Warning(route, $"spec.parentRefs[{i}]", message);
            }
        }
    }

    private static string? Missing(Route route, ParentReference parent, ResourceSnapshot snapshot)
    {
        if (parent.Group != GatewayApiGroup.Name || parent.Kind != "Gateway")
            return $"kind {parent.Kind} of group \"{parent.Group}\" is no parent that Sluice serves; it would be a Gateway";
        var name = new NamespacedName(parent.Namespace ?? route.Metadata.Namespace, parent.Name);
        if (snapshot.Gateways.ContainsKey(name))
            return null;
        var elsewhere = snapshot.Gateways.Keys.Where(key => key.Name == parent.Name).Select(key => key.Namespace).Order(StringComparer.Ordinal).ToArray();
        return elsewhere.Length > 0
            ? $"there is no Gateway {name}, but one of that name in namespace {string.Join(", ", elsewhere)}: set namespace"
            : $"there is no Gateway {name} among the manifests";
    }
}
