using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Core;

/// <summary>Cells of <c>kubectl get services</c>.</summary>
internal static class ServiceCells
{
    private const string None = "<none>";

    public static string ClusterIP(JsonObject item) => Text(item["spec"], "clusterIP") ?? None;

    /// <summary>What is outside: the addresses of the load balancer, those that the Service names, or the name that it stands for.</summary>
    public static string ExternalIP(JsonObject item)
    {
        var spec = item["spec"];
        if (Text(spec, "type") == "ExternalName")
            return Text(spec, "externalName") ?? None;
        var addresses = new List<string>();
        var isLoadBalancer = Text(spec, "type") == "LoadBalancer";
        if (isLoadBalancer && item["status"]?["loadBalancer"]?["ingress"] is JsonArray ingress)
        {
            foreach (var entry in ingress)
            {
                if ((Text(entry, "ip") ?? Text(entry, "hostname")) is { } address && !addresses.Contains(address))
                    addresses.Add(address);
            }
        }

        if (spec?["externalIPs"] is JsonArray given)
        {
            foreach (var address in given)
                addresses.Add(address?.ToString() ?? "");
        }

        if (addresses.Count > 0)
            return string.Join(',', addresses);
        return isLoadBalancer ? "<pending>" : None;
    }

    public static string Ports(JsonObject item)
    {
        if (item["spec"]?["ports"] is not JsonArray { Count: > 0 } ports)
            return None;
        var texts = new List<string>();
        foreach (var port in ports)
        {
            var node = port?["nodePort"]?.ToString();
            texts.Add(string.Create(CultureInfo.InvariantCulture, $"{port?["port"]}{(node is null or "0" ? "" : ":" + node)}/{Text(port, "protocol") ?? "TCP"}"));
        }

        return string.Join(',', texts);
    }

    public static string Selector(JsonObject item)
    {
        if (item["spec"]?["selector"] is not JsonObject { Count: > 0 } selector)
            return None;
        return string.Join(',', selector.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private static string? Text(JsonNode? node, string name) => node is JsonObject item && item[name] is JsonValue value && value.ToString() is { Length: > 0 } text ? text : null;
}
