using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>Which pods a Deployment asks for.</summary>
internal static class Deployments
{
    /// <summary>Images that <c>sluice echo</c> can play.</summary>
    private const string EchoImage = "/echo-basic:";

    /// <summary>Empty for a Deployment of an image that is not the echo: its Service has no endpoints.</summary>
    public static IEnumerable<Pod> Pods(JsonObject deployment, PodNetwork network)
    {
        var key = ObjectKey.Of(deployment);
        var template = deployment["spec"]!["template"]!;
        var image = template["spec"]!["containers"]![0]!["image"]!.GetValue<string>();
        if (!image.Contains(EchoImage, StringComparison.Ordinal) || Plays(template, "TCP_ECHO_SERVER") || Plays(template, "UDP_ECHO_SERVER"))
            yield break;
        var labels = template["metadata"]!["labels"]!.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>());
        var replicas = deployment["spec"]!["replicas"]?.GetValue<long>() ?? 1;
        for (var i = 0; i < replicas; i++)
            yield return new Pod(key.Namespace, $"{key.Name}-{i}", labels, network.Next());
    }

    private static bool Plays(JsonNode template, string variable) =>
        template["spec"]!["containers"]![0]!["env"] is JsonArray variables && variables.Any(item => item!["name"]!.GetValue<string>() == variable);
}
