using System.Text.Json;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Patches;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>The overlays of GatewayParameters.</summary>
internal static class OverlayBinder
{
    /// <summary>False when the field is no overlay.</summary>
    public static bool TryRead(BindingContext context, Node field, string owner, ParameterOverlays overlays, out ParameterOverlays result)
    {
        result = overlays;
        switch (field.Key)
        {
            case "deploymentOverlay":
                result = overlays with { Deployment = Read(context, field, "Deployment", owner) };
                return true;
            case "daemonSetOverlay":
                result = overlays with { DaemonSet = Read(context, field, "DaemonSet", owner) };
                return true;
            case "serviceOverlay":
                result = overlays with { Service = Read(context, field, "Service", owner) };
                return true;
            case "serviceAccountOverlay":
                result = overlays with { ServiceAccount = Read(context, field, "ServiceAccount", owner) };
                return true;
            case "podDisruptionBudget":
                result = overlays with { PodDisruptionBudget = Read(context, field, "PodDisruptionBudget", owner) };
                return true;
            case "horizontalPodAutoscaler":
                result = overlays with { HorizontalPodAutoscaler = Read(context, field, "HorizontalPodAutoscaler", owner) };
                return true;
            case "verticalPodAutoscaler":
                result = overlays with { VerticalPodAutoscaler = Read(context, field, "VerticalPodAutoscaler", owner) };
                return true;
            default:
                return false;
        }
    }

    private static ParameterOverlay[] Read(BindingContext context, Node node, string kind, string owner)
    {
        if (!context.Mapping(node))
            return [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "metadata":
                    CheckMetadata(context, field);
                    break;
                case "spec":
                    if (context.Mapping(field) && kind == "ServiceAccount")
                        context.Warning(field, "has no effect: a ServiceAccount has no spec");
                    break;
                default:
                    context.Error(field, "must not be here: an overlay has metadata.labels, metadata.annotations and spec");
                    break;
            }
        }

        if (KubernetesJson.Patch(context, node) is not { } patch)
            return [];
        CheckPatch(context, node, kind, patch);
        return [new ParameterOverlay(patch, $"{owner}: {node.Path}")];
    }

    // Whatever the object will be: directives that do not exist, items without a merge key.
    private static void CheckPatch(BindingContext context, Node node, string kind, JsonElement patch)
    {
        if (!StrategicMergePatch.Supports(kind))
            return;
        try
        {
            StrategicMergePatch.Apply(null, ParameterJson.ToNode(patch)!, kind);
        }
        catch (PatchException exception)
        {
            context.Error(node, $"is no strategic merge patch of a {kind}: {exception.Message}");
        }
    }

    private static void CheckMetadata(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            if (field.Key is "labels" or "annotations")
                context.Mapping(field);
            else
                context.Error(field, "must not be here: an overlay changes labels and annotations of metadata");
        }
    }
}
