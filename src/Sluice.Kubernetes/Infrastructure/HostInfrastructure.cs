using System.Text.Json.Nodes;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// What stands in the cluster for a Gateway that is served on addresses of a machine: a Service without selector and without an
/// address of its own, with the Gateway's ports, labels and annotations (GEP-1762, GEP-1867).
/// </summary>
public static class HostInfrastructure
{
    /// <param name="gateway">The Gateway.</param>
    /// <param name="uid">Its metadata.uid.</param>
    /// <param name="ports">Of its listeners; may be none.</param>
    public static RenderedInfrastructure Render(Gateway gateway, string uid, IReadOnlyList<ServicePort> ports)
    {
        // Headless: clients use the addresses in the Gateway's status, and a Service that nothing answers for needs none.
        var spec = new JsonObject { ["type"] = "ClusterIP", ["clusterIP"] = "None" };
        if (ports.Count > 0)
            spec["ports"] = new JsonArray([.. ports.Select(port => new JsonObject { ["name"] = port.Name, ["port"] = port.Port, ["protocol"] = port.Protocol })]);
        return new RenderedInfrastructure([new ObjectRenderer(gateway, uid).Render("v1", "Service", ExtraMetadata.None, new JsonObject { ["spec"] = spec }, [])], []);
    }
}
