using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.kube of GatewayParameters.</summary>
internal static class KubeParametersBinder
{
    private const string Fields =
        "deployment daemonSet envoyContainer sdsContainer podTemplate service serviceAccount istio stats aiExtension agentgateway omitDefaultSecurityContext floatingUserId " +
        "deploymentOverlay daemonSetOverlay serviceOverlay serviceAccountOverlay podDisruptionBudget horizontalPodAutoscaler verticalPodAutoscaler";

    private const string StrategyFields = "type rollingUpdate";

    /// <param name="context">Where findings go.</param>
    /// <param name="node">spec.kube.</param>
    /// <param name="owner">"GatewayParameters infra/edge".</param>
    public static KubeParameters? Read(BindingContext context, Node node, string owner)
    {
        if (!context.Mapping(node))
            return null;
        var result = new KubeParameters();
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "deployment":
                    result = result with { Deployment = Deployment(context, field) };
                    break;
                case "daemonSet":
                    result = result with { DaemonSet = DaemonSet(context, field) };
                    break;
                case "envoyContainer":
                    result = result with { Container = ContainerParametersBinder.Read(context, field) };
                    break;
                case "podTemplate":
                    result = result with { Pod = PodParametersBinder.Read(context, field) };
                    break;
                case "service":
                    result = result with { Service = ServiceParametersBinder.Read(context, field) };
                    break;
                case "serviceAccount":
                    result = result with { ServiceAccount = Account(context, field) };
                    break;
                case "stats":
                    result = result with { IsScraped = Stats(context, field) };
                    break;
                case "omitDefaultSecurityContext":
                    result = result with { OmitDefaultSecurityContext = context.Boolean(field) };
                    break;
                case "floatingUserId":
                    result = result with { FloatingUserId = context.Boolean(field) };
                    break;
                case "sdsContainer" or "istio" or "aiExtension" or "agentgateway":
                    WithoutEffect(context, field);
                    break;
                default:
                    if (OverlayBinder.TryRead(context, field, owner, result.Overlays, out var overlays))
                        result = result with { Overlays = overlays };
                    else
                        context.Unknown(field, Fields);
                    break;
            }
        }

        if (result.Deployment is not null && result.DaemonSet is not null)
            context.Error(node, "must have at most one of deployment and daemonSet");
        return result;
    }

    /// <summary>extraLabels and extraAnnotations; false for other fields.</summary>
    public static bool TryReadMetadata(BindingContext context, Node field, ref ExtraMetadata metadata)
    {
        switch (field.Key)
        {
            case "extraLabels":
                metadata = metadata with { Labels = context.Map(field, Names.QualifiedName, Names.LabelValue) };
                return true;
            case "extraAnnotations":
                metadata = metadata with { Annotations = context.Map(field, static key => Names.QualifiedName(key.ToLowerInvariant()), null) };
                return true;
            default:
                return false;
        }
    }

    private static DeploymentParameters? Deployment(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        var result = new DeploymentParameters();
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "replicas":
                    result = result with { Replicas = context.Integer(field, 0, int.MaxValue) };
                    break;
                case "strategy":
                    result = result with { Strategy = KubernetesJson.Object(context, field, StrategyFields) };
                    break;
                default:
                    context.Unknown(field, "replicas strategy");
                    break;
            }
        }

        return result;
    }

    private static DaemonSetParameters? DaemonSet(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        var result = new DaemonSetParameters();
        foreach (var field in node)
        {
            if (field.Key == "updateStrategy")
                result = new DaemonSetParameters(KubernetesJson.Object(context, field, StrategyFields));
            else
                context.Unknown(field, "updateStrategy");
        }

        return result;
    }

    private static ExtraMetadata Account(BindingContext context, Node node)
    {
        var metadata = ExtraMetadata.None;
        if (!context.Mapping(node))
            return metadata;
        foreach (var field in node)
        {
            if (!TryReadMetadata(context, field, ref metadata))
                context.Unknown(field, "extraLabels extraAnnotations");
        }

        return metadata;
    }

    private static bool? Stats(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        bool? enabled = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "enabled":
                    enabled = context.Boolean(field);
                    break;
                case "routePrefixRewrite" or "enableStatsRoute" or "statsRoutePrefixRewrite" or "matcher":
                    context.Warning(field, "has no effect: it says what Envoy's admin interface shows; the proxy serves all of its metrics at /metrics");
                    break;
                default:
                    context.Unknown(field, "enabled routePrefixRewrite enableStatsRoute statsRoutePrefixRewrite matcher");
                    break;
            }
        }

        return enabled;
    }

    private static void WithoutEffect(BindingContext context, Node field)
    {
        context.Mapping(field);
        context.Warning(field, field.Key switch
        {
            "sdsContainer" => "has no effect: certificates come with the proxy's configuration, no container hands them over",
            "istio" => "has no effect: no sidecar of Istio is added; deploymentOverlay can add containers",
            "aiExtension" => "has no effect: there is no sidecar for AI traffic",
            _ => "has no effect: the proxy is not agentgateway",
        });
    }
}
