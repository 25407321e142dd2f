using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources.GatewayApi;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Where clients reach a Gateway (status.addresses), by its Service.</summary>
public static class ServiceAddresses
{
    /// <summary>The Gateway API's limit of status.addresses.</summary>
    public const int MaxAddresses = 16;

    /// <summary>
    /// spec.externalIPs; then by type what the load balancer says, the addresses of nodes, or the cluster IPs. Empty while
    /// there are none. At most <see cref="MaxAddresses"/>.
    /// </summary>
    /// <param name="service">As the API server gives it.</param>
    /// <param name="nodes">From <see cref="OfNodes"/>; looked at for the type NodePort only.</param>
    public static IReadOnlyList<GatewayAddress> Of(JsonObject service, IReadOnlyList<GatewayAddress> nodes)
    {
        var spec = service.Object("spec") ?? [];
        var given = spec.Text("type") switch
        {
            "LoadBalancer" => OfLoadBalancer(service),
            "NodePort" => nodes,
            _ => Addresses(Texts(spec, "clusterIPs") is { Count: > 0 } all ? all : spec.Text("clusterIP") is { } one ? [one] : []),
        };
        return [.. Addresses(Texts(spec, "externalIPs")).Concat(given).Distinct().Take(MaxAddresses)];
    }

    /// <summary>The external address of every node that is ready, or else its internal one, in order.</summary>
    public static IReadOnlyList<GatewayAddress> OfNodes(IEnumerable<JsonObject> nodes)
    {
        var found = new List<string>();
        foreach (var status in nodes.Select(node => node.Object("status")).OfType<JsonObject>())
        {
            if (!status.Objects("conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True"))
                continue;
            var address = NodeAddress(status, "ExternalIP") ?? NodeAddress(status, "InternalIP");
            if (address is not null)
                found.Add(address);
        }

        return [.. Addresses(found.Order(StringComparer.Ordinal)).Distinct().Take(MaxAddresses)];
    }

    /// <summary>Those of spec.addresses that the Gateway did not get (reason AddressNotUsable).</summary>
    public static IReadOnlyList<GatewayAddress> Missing(Gateway gateway, IReadOnlyList<GatewayAddress> assigned) =>
        [.. gateway.Addresses.Where(wanted => !string.IsNullOrEmpty(wanted.Value) && !assigned.Any(address => IsSame(address, wanted)))];

    private static IEnumerable<GatewayAddress> OfLoadBalancer(JsonObject service)
    {
        foreach (var ingress in service.Object("status")?.Object("loadBalancer")?.Objects("ingress") ?? [])
        {
            if (ingress.Text("ip") is { Length: > 0 } ip)
                yield return new GatewayAddress("IPAddress", ip);
            if (ingress.Text("hostname") is { Length: > 0 } hostname)
                yield return new GatewayAddress("Hostname", hostname);
        }
    }

    private static string? NodeAddress(JsonObject status, string type) =>
        status.Objects("addresses").FirstOrDefault(address => address.Text("type") == type)?.Text("address");

    // Without "None", which headless Services have.
    private static IEnumerable<GatewayAddress> Addresses(IEnumerable<string> values) =>
        values.Where(value => IPAddress.TryParse(value, out _)).Select(value => new GatewayAddress("IPAddress", value));

    private static List<string> Texts(JsonObject fields, string name) =>
        [.. (fields[name] as JsonArray)?.Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>()) ?? []];

    private static bool IsSame(GatewayAddress one, GatewayAddress other) =>
        one.Type == other.Type && (one.Value == other.Value || (IPAddress.TryParse(one.Value, out var first) && IPAddress.TryParse(other.Value, out var second) && first.Equals(second)));
}
