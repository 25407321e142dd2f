using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>The endpoint controller's part: a slice for each Service that selects pods.</summary>
internal static class EndpointSlices
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    public static string NameFor(string service) => $"{service}-pods";

    /// <summary>Null for a Service without selector, whose slices are somebody else's.</summary>
    public static JsonObject? For(JsonObject service, IReadOnlyList<Pod> pods)
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
            ["ports"] = new JsonArray([.. service["spec"]!["ports"]!.AsArray().Select(port => Port(port!))]),
        };
    }

    public static JsonArray Endpoints(IEnumerable<Pod> pods) => new([.. pods.Select(pod => new JsonObject
    {
        ["addresses"] = new JsonArray(pod.Address.ToString()),
        ["conditions"] = new JsonObject { ["ready"] = true, ["serving"] = true, ["terminating"] = false },
        ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Namespace, ["name"] = pod.Name },
    })]);

    private static JsonObject Port(JsonNode port)
    {
        var result = new JsonObject
        {
            ["name"] = port["name"]?.DeepClone() ?? "",
            ["protocol"] = port["protocol"]?.DeepClone() ?? "TCP",
            ["port"] = (port["targetPort"] ?? port["port"])!.DeepClone(),
        };
        if (port["appProtocol"] is { } protocol)
            result["appProtocol"] = protocol.DeepClone();
        return result;
    }
}
