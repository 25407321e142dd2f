using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>Which pods a Deployment asks for.</summary>
internal static class Deployments
{
    /// <summary>The image that <c>sluice echo</c> plays.</summary>
    private const string EchoImage = "/echo-basic:";
    private const string DnsImage = "/coredns:";

    /// <exception cref="ConformanceException">Its image is none that can be played.</exception>
    public static IEnumerable<Pod> Pods(JsonObject deployment, PodNetwork network)
    {
        var key = ObjectKey.Of(deployment);
        var template = deployment["spec"]!["template"]!;
        var container = template["spec"]!["containers"]![0]!;
        var kind = Kind(key, container);
        var labels = template["metadata"]!["labels"]!.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>());
        var replicas = deployment["spec"]!["replicas"]?.GetValue<long>() ?? 1;
        for (var i = 0; i < replicas; i++)
            yield return new Pod(key.Namespace, $"{key.Name}-{i}", labels, network.Next(), kind, Volume(template, "secret", "secretName"), Has(container, "TLS_CLIENT_CACERTS") ? Volume(template, "configMap", "name") : null);
    }

    private static PodKind Kind(ObjectKey deployment, JsonNode container)
    {
        var image = container["image"]!.GetValue<string>();
        if (image.Contains(DnsImage, StringComparison.Ordinal))
            return PodKind.Dns;
        if (!image.Contains(EchoImage, StringComparison.Ordinal))
            throw new ConformanceException($"{deployment}: nobody can play the image {image}");
        return Has(container, "TCP_ECHO_SERVER") ? PodKind.Tcp : Has(container, "UDP_ECHO_SERVER") ? PodKind.Udp : PodKind.Http;
    }

    private static bool Has(JsonNode container, string variable) =>
        container["env"] is JsonArray variables && variables.Any(item => item!["name"]!.GetValue<string>() == variable);

    /// <summary>The object behind the first volume of a kind.</summary>
    private static string? Volume(JsonNode template, string kind, string member) => template["spec"]!["volumes"] is JsonArray volumes
        ? volumes.Select(volume => volume![kind]?[member]?.GetValue<string>()).FirstOrDefault(name => name is not null)
        : null;
}
