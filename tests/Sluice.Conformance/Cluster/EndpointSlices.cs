using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>The endpoint controller's part: a slice for each Service that selects pods.</summary>
internal static class EndpointSlices
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    public static string NameFor(string service) => $"{service}-pods";

    /// <summary>Null for a Service without selector, whose slices are somebody else's.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pods">All pods.</param>
    /// <param name="network">Knows where pods listen instead of ports that this user may not bind.</param>
    public static JsonObject? For(JsonObject service, IReadOnlyList<Pod> pods, PodNetwork network)
    {
        if (service["spec"]?["selector"] is not JsonObject { Count: > 0 } selector)
            return null;
        var key = ObjectKey.Of(service);
        var chosen = pods.Where(pod => pod.Namespace == key.Namespace
            && selector.All(label => pod.Labels.TryGetValue(label.Key, out var value) && value == label.Value!.GetValue<string>()));
        return new JsonObject
        {
            ["apiVersion"] = "discovery.k8s.io/v1",
            ["kind"] = "EndpointSlice",
            ["metadata"] = new JsonObject
            {
                ["name"] = NameFor(key.Name),
                ["namespace"] = key.Namespace,
                ["labels"] = new JsonObject { [ServiceNameLabel] = key.Name },
            },
            ["addressType"] = "IPv4",
            ["endpoints"] = Endpoints(chosen),
            ["ports"] = new JsonArray([.. service["spec"]!["ports"]!.AsArray().Select(port => Port(port!, network))]),
        };
    }

    public static JsonArray Endpoints(IEnumerable<Pod> pods) => new([.. pods.Select(pod => new JsonObject
    {
        ["addresses"] = new JsonArray(pod.Address.ToString()),
        ["conditions"] = new JsonObject { ["ready"] = true, ["serving"] = true, ["terminating"] = false },
        ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name },
    })]);

    private static JsonObject Port(JsonNode port, PodNetwork network)
    {
        var result = new JsonObject
        {
            ["name"] = port["name"]?.DeepClone() ?? "",
            ["protocol"] = port["protocol"]?.DeepClone() ?? "TCP",
            ["port"] = network.PodPort((int)(port["targetPort"] ?? port["port"])!.GetValue<long>()),
        };
        if (port["appProtocol"] is { } protocol)
            result["appProtocol"] = protocol.DeepClone();
        return result;
    }
}
