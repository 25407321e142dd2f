using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Core;

/// <summary>Defaults of a Service that depend on its other fields.</summary>
internal static class ServiceDefaults
{
    private const int AffinitySeconds = 10800;

    public static void Apply(JsonObject item)
    {
        if (item["spec"] is not JsonObject spec)
            return;
        var type = spec["type"]?.ToString();
        if (spec["ports"] is JsonArray ports)
        {
            foreach (var entry in ports)
            {
                if (entry is JsonObject port && (port["targetPort"]?.ToString() ?? "") is "" or "0" && port["port"] is { } number)
                    port["targetPort"] = number.DeepClone();
            }
        }

        if (spec["sessionAffinity"]?.ToString() == "ClientIP" && spec["sessionAffinityConfig"] is null)
            spec["sessionAffinityConfig"] = new JsonObject { ["clientIP"] = new JsonObject { ["timeoutSeconds"] = AffinitySeconds } };
        if (type is "ClusterIP" or "NodePort" or "LoadBalancer")
            spec["internalTrafficPolicy"] ??= "Cluster";
        if (type is "NodePort" or "LoadBalancer")
            spec["externalTrafficPolicy"] ??= "Cluster";
        if (type == "LoadBalancer")
            spec["allocateLoadBalancerNodePorts"] ??= true;
    }
}
