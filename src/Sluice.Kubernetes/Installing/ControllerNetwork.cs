using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>How proxies find the controller, and who else may talk to it.</summary>
internal static class ControllerNetwork
{
    /// <summary>GEP-1762: every Pod of a Gateway's proxies has it.</summary>
    private const string GatewayName = "gateway.networking.k8s.io/gateway-name";

    public static IEnumerable<JsonObject> Of(InstallOptions options) => [Service(options), Policy(options)];

    private static JsonObject Service(InstallOptions options)
    {
        var service = Manifest.Create(options, "v1", "Service", InstallationNames.Controller, isNamespaced: true);
        service["spec"] = new JsonObject
        {
            ["selector"] = Manifest.Selector,
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "config-stream", ["port"] = InstallationNames.StreamPort, ["targetPort"] = "config-stream", ["appProtocol"] = "https" }),
        };
        return service;
    }

    private static JsonObject Policy(InstallOptions options)
    {
        var policy = Manifest.Create(options, "networking.k8s.io/v1", "NetworkPolicy", InstallationNames.Controller, isNamespaced: true);
        policy["spec"] = new JsonObject
        {
            ["podSelector"] = new JsonObject { ["matchLabels"] = Manifest.Selector },
            ["policyTypes"] = Manifest.Strings(["Ingress", "Egress"]),
            ["ingress"] = new JsonArray(
                Rule("from", Proxies(), Tcp("config-stream")),
                FromTheCluster("probes")),
            ["egress"] = ToDnsAndApiServer(options),
        };
        return policy;
    }

    public static JsonObject FromTheCluster(string port) => Rule("from", new JsonObject { ["namespaceSelector"] = new JsonObject() }, Tcp(port));

    public static JsonArray ToDnsAndApiServer(InstallOptions options) => new(
        Rule("to", ClusterDns(), Port("UDP", 53), Port("TCP", 53)),
        // The API server is no Pod that could be selected; where it listens differs from cluster to cluster.
        new JsonObject { ["ports"] = new JsonArray([.. options.ApiServerPorts.Select(port => Tcp(port))]) });

    private static JsonObject Proxies() => new()
    {
        ["namespaceSelector"] = new JsonObject(),
        ["podSelector"] = new JsonObject { ["matchExpressions"] = new JsonArray(new JsonObject { ["key"] = GatewayName, ["operator"] = "Exists" }) },
    };

    private static JsonObject ClusterDns() => new()
    {
        ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["kubernetes.io/metadata.name"] = "kube-system" } },
    };

    private static JsonObject Rule(string direction, JsonObject peer, params JsonNode[] ports) => new() { [direction] = new JsonArray(peer), ["ports"] = new JsonArray(ports) };

    private static JsonObject Tcp(JsonNode port) => Port("TCP", port);

    private static JsonObject Port(string protocol, JsonNode port) => new() { ["protocol"] = protocol, ["port"] = port };
}
