using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Rules;

/// <summary>Deployments and DaemonSets: the defaults that Kubernetes gives them and their pods, and a selector that stays as it is.</summary>
internal sealed class WorkloadRules : IKindRules
{
    private readonly FixedFieldRules _selector = new("spec", "selector");

    public void Prepare(WriteContext context, JsonObject value, JsonObject? live)
    {
        if (value["spec"] is not JsonObject spec)
            return;
        spec["revisionHistoryLimit"] ??= 10L;
        if (context.Kind.Kind == "Deployment")
        {
            spec["progressDeadlineSeconds"] ??= 600L;
            PrepareRollout(spec.Child("strategy"), "25%", "25%");
        }
        else
        {
            PrepareRollout(spec.Child("updateStrategy"), 0L, 1L);
        }

        if (spec["template"] is JsonObject template && template["spec"] is JsonObject pod)
            PreparePod(pod);
    }

    public void Check(WriteContext context, JsonObject value, JsonObject? live)
    {
        _selector.Check(context, value, live);
        foreach (var (name, label) in value.Map("spec", "selector", "matchLabels") ?? [])
        {
            if (value.Text("spec", "template", "metadata", "labels", name) != label.Text())
                context.Invalid("spec.template.metadata.labels", $"must have {name}={label.Text()}, which spec.selector asks for");
        }
    }

    private static void PrepareRollout(JsonObject strategy, JsonNode surge, JsonNode unavailable)
    {
        strategy["type"] ??= "RollingUpdate";
        if (strategy.Text("type") != "RollingUpdate")
            return;
        var rollout = strategy.Child("rollingUpdate");
        rollout["maxSurge"] ??= surge;
        rollout["maxUnavailable"] ??= unavailable;
    }

    private static void PreparePod(JsonObject pod)
    {
        pod["restartPolicy"] ??= "Always";
        pod["dnsPolicy"] ??= "ClusterFirst";
        pod["terminationGracePeriodSeconds"] ??= 30L;
        pod["schedulerName"] ??= "default-scheduler";
        pod["securityContext"] ??= new JsonObject();
        if (pod.Text("serviceAccountName") is { } account)
            pod["serviceAccount"] ??= account;
        foreach (var name in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            foreach (var container in (pod.List(name) ?? []).OfType<JsonObject>())
                PrepareContainer(container);
        }
    }

    private static void PrepareContainer(JsonObject container)
    {
        container["terminationMessagePath"] ??= "/dev/termination-log";
        container["terminationMessagePolicy"] ??= "File";
        container["imagePullPolicy"] ??= IsLatest(container.Text("image") ?? "") ? "Always" : "IfNotPresent";
        container["resources"] ??= new JsonObject();
    }

    /// <summary>No tag and no digest, or the tag "latest".</summary>
    private static bool IsLatest(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
            return false;
        var colon = image.LastIndexOf(':');
        return colon <= image.LastIndexOf('/') || image.AsSpan(colon + 1) is "latest";
    }
}
