using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>Which pods a Deployment asks for.</summary>
internal static class Deployments
{
    /// <summary>The image that <c>sluice echo</c> can play.</summary>
    private const string EchoImage = "/echo-basic:";

    /// <summary>Empty for a Deployment of an image that is not the echo: its Service has no endpoints.</summary>
    public static IEnumerable<Pod> Pods(JsonObject deployment, PodNetwork network)
    {
        var key = ObjectKey.Of(deployment);
        var template = deployment["spec"]!["template"]!;
        var container = template["spec"]!["containers"]![0]!;
        if (!container["image"]!.GetValue<string>().Contains(EchoImage, StringComparison.Ordinal))
            yield break;
        var labels = template["metadata"]!["labels"]!.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>());
        var replicas = deployment["spec"]!["replicas"]?.GetValue<long>() ?? 1;
        for (var i = 0; i < replicas; i++)
            yield return new Pod(key.Namespace, $"{key.Name}-{i}", labels, network.Next(), Kind(container), Secret(template));
    }

    private static PodKind Kind(JsonNode container) =>
        Has(container, "TCP_ECHO_SERVER") ? PodKind.Tcp : Has(container, "UDP_ECHO_SERVER") ? PodKind.Udp : PodKind.Http;

    private static bool Has(JsonNode container, string variable) =>
        container["env"] is JsonArray variables && variables.Any(item => item!["name"]!.GetValue<string>() == variable);

    private static string? Secret(JsonNode template) => template["spec"]!["volumes"] is JsonArray volumes
        ? volumes.Select(volume => volume!["secret"]?["secretName"]?.GetValue<string>()).FirstOrDefault(name => name is not null)
        : null;
}
