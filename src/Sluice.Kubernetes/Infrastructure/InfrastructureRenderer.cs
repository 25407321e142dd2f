using System.Text.Json.Nodes;
using Sluice.Kubernetes.Installing;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// What is made in the cluster for a Gateway: ServiceAccount, ConfigMap, Secret, Service, Deployment or DaemonSet, and on
/// request HorizontalPodAutoscaler, VerticalPodAutoscaler and PodDisruptionBudget. Pure: equal input gives equal objects.
/// </summary>
public static class InfrastructureRenderer
{
    /// <exception cref="InvalidParametersException">An overlay does not fit, or a parameter that is needed is missing.</exception>
    public static RenderedInfrastructure Render(ProxyInfrastructure input)
    {
        var warnings = new List<string>();
        var objects = new ObjectRenderer(input.Gateway, input.Uid);
        var parameters = input.Parameters;
        var overlays = parameters.Overlays;
        var isDaemonSet = parameters.DaemonSet is not null;
        var workload = isDaemonSet ? "DaemonSet" : "Deployment";
        var rendered = new List<RenderedObject>
        {
            objects.Render("v1", "ServiceAccount", parameters.ServiceAccount, ServiceAccount(), overlays.ServiceAccount),
            objects.RenderAuthorities(input.Controller.CaBundle),
        };

        if (!input.SessionKey.IsEmpty)
            rendered.Add(objects.RenderSessionKey(input.SessionKey.Span));

        // A Service has at least one port. Pods come after it, so that an address is on its way while they start.
        var service = new ServiceRenderer(input, warnings);
        if (input.Ports.Count > 0)
            rendered.Add(objects.Render("v1", "Service", service.Metadata, service.Render(), overlays.Service));
        var isScaled = overlays.HorizontalPodAutoscaler.Count > 0 && !isDaemonSet;
        rendered.Add(objects.Render("apps/v1", workload, ExtraMetadata.None, WorkloadRenderer.Render(input, isScaled, warnings), isDaemonSet ? overlays.DaemonSet : overlays.Deployment));

        if (isScaled)
            rendered.Add(objects.Render("autoscaling/v2", "HorizontalPodAutoscaler", ExtraMetadata.None, Scaler("scaleTargetRef", workload, input), overlays.HorizontalPodAutoscaler, CheckScaler));
        if (overlays.VerticalPodAutoscaler.Count > 0)
            rendered.Add(objects.Render("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", ExtraMetadata.None, Scaler("targetRef", workload, input), overlays.VerticalPodAutoscaler));
        if (overlays.PodDisruptionBudget.Count > 0)
            rendered.Add(objects.Render("policy/v1", "PodDisruptionBudget", ExtraMetadata.None, Budget(input), overlays.PodDisruptionBudget, CompleteBudget));

        WarnOfUnused(input, isDaemonSet, warnings);
        return new RenderedInfrastructure(rendered, warnings);
    }

    private static JsonObject ServiceAccount() => new() { ["automountServiceAccountToken"] = false };

    private static JsonObject Scaler(string target, string workload, ProxyInfrastructure input) => new()
    {
        ["spec"] = new JsonObject
        {
            [target] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = workload, ["name"] = ProxyNames.Of(input.Gateway) },
        },
    };

    private static JsonObject Budget(ProxyInfrastructure input) => new()
    {
        ["spec"] = new JsonObject { ["selector"] = new JsonObject { ["matchLabels"] = ProxyLabels.Selector(input.Gateway).ToJson() } },
    };

    private static void CheckScaler(JsonObject body, string origin)
    {
        if (body.Object("spec")?.Number("maxReplicas") is null)
            throw new InvalidParametersException($"{origin}: spec.maxReplicas is required: the number of pods at most");
    }

    // One of the two must be there, and not both.
    private static void CompleteBudget(JsonObject body, string origin)
    {
        var spec = body.Object("spec")!;
        if (!spec.ContainsKey("minAvailable") && !spec.ContainsKey("maxUnavailable"))
            spec["maxUnavailable"] = 1;
    }

    private static void WarnOfUnused(ProxyInfrastructure input, bool isDaemonSet, List<string> warnings)
    {
        var overlays = input.Parameters.Overlays;
        if (isDaemonSet && overlays.HorizontalPodAutoscaler.Count > 0)
            warnings.Add($"{overlays.HorizontalPodAutoscaler[^1].Origin} has no effect: a DaemonSet is not scaled");
        if (isDaemonSet && overlays.Deployment.Count > 0)
            warnings.Add($"{overlays.Deployment[^1].Origin} has no effect: a DaemonSet is made; its overlay is daemonSetOverlay");
        if (!isDaemonSet && overlays.DaemonSet.Count > 0)
            warnings.Add($"{overlays.DaemonSet[^1].Origin} has no effect: a Deployment is made; spec.kube.daemonSet asks for a DaemonSet");
        foreach (var port in input.Ports.Where(port => port is { Port: InstallationNames.AdminPort or InstallationNames.ProbePort, Protocol: "TCP" }))
            warnings.Add($"a listener has the port {port.Port}, where proxies answer {(port.Port == InstallationNames.ProbePort ? "probes" : "their administrators")}: it cannot be served");
    }
}
