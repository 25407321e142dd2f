using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>The Deployment or DaemonSet.</summary>
internal static class WorkloadRenderer
{
    /// <param name="input">Of the Gateway.</param>
    /// <param name="isScaled">Whether a HorizontalPodAutoscaler sets the number of pods.</param>
    /// <param name="warnings">Takes what has no effect.</param>
    public static JsonObject Render(ProxyInfrastructure input, bool isScaled, List<string> warnings)
    {
        var parameters = input.Parameters;
        var spec = new JsonObject();
        if (parameters.DaemonSet is { } daemonSet)
        {
            spec["updateStrategy"] = Strategy(daemonSet.UpdateStrategy);
        }
        else
        {
            // Absent, the number is left to whoever scales the Deployment, by hand too.
            spec.Add("replicas", parameters.Deployment?.Replicas, when: parameters.Deployment?.Replicas is not null && !isScaled);
            spec["strategy"] = Strategy(parameters.Deployment?.Strategy);
        }

        spec["selector"] = new JsonObject { ["matchLabels"] = ProxyLabels.Selector(input.Gateway).ToJson() };
        spec["template"] = new PodRenderer(input, warnings).Render();
        return new JsonObject { ["spec"] = spec };
    }

    // A new pod is ready before an old one goes.
    private static JsonObject Strategy(JsonElement? given)
    {
        if (given is { } strategy && strategy.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() != "RollingUpdate")
            return JsonObject.Create(strategy)!;
        return new JsonObject
        {
            ["type"] = "RollingUpdate",
            ["rollingUpdate"] = new JsonObject { ["maxUnavailable"] = 0, ["maxSurge"] = 1 },
        }.With(given);
    }
}
