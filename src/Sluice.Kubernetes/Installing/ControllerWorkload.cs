using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>The Deployment of the controller, and what keeps it running.</summary>
internal static class ControllerWorkload
{
    public static IEnumerable<JsonObject> Of(InstallOptions options)
    {
        yield return Priority(options);
        yield return Deployment(options);
        if (options.Replicas > 1)
            yield return Budget(options);
    }

    private static JsonObject Priority(InstallOptions options)
    {
        var priority = Manifest.Create(options, "scheduling.k8s.io/v1", "PriorityClass", InstallationNames.Controller, isNamespaced: false);
        // Below the cluster's own components (2,000,000,000 and more), above everything that asks for nothing.
        priority["value"] = 1_000_000;
        priority["description"] = "Changes of routes and endpoints reach the proxies through this controller.";
        return priority;
    }

    private static JsonObject Deployment(InstallOptions options)
    {
        var deployment = Manifest.Create(options, "apps/v1", "Deployment", InstallationNames.Controller, isNamespaced: true);
        deployment["spec"] = new JsonObject
        {
            ["replicas"] = options.Replicas,
            ["strategy"] = Strategy(options.Infrastructure),
            ["selector"] = new JsonObject { ["matchLabels"] = Manifest.Selector },
            ["template"] = ControllerPod.Template(options),
        };
        return deployment;
    }

    private static JsonObject Strategy(InfrastructureKind infrastructure) => infrastructure == InfrastructureKind.Kubernetes
        ? new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxSurge"] = 1, ["maxUnavailable"] = 0 } }
        // The next one wants the ports of the one before.
        : new JsonObject { ["type"] = "Recreate" };

    private static JsonObject Budget(InstallOptions options)
    {
        var budget = Manifest.Create(options, "policy/v1", "PodDisruptionBudget", InstallationNames.Controller, isNamespaced: true);
        budget["spec"] = new JsonObject { ["maxUnavailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = Manifest.Selector } };
        return budget;
    }
}
