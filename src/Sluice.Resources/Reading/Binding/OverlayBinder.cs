using System.Text.Json.Nodes;
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
        var patch = new JsonObject();
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "metadata":
                    patch["metadata"] = Metadata(context, field);
                    break;
                case "spec" when kind == "ServiceAccount":
                    context.Warning(field, "has no effect: a ServiceAccount has no spec");
                    break;
                case "spec":
                    Add(context, field, patch);
                    break;
                default:
                    context.Unknown(field, "metadata spec");
                    break;
            }
        }

        CheckPatch(context, node, kind, patch);
        return [new ParameterOverlay(ParameterJson.ToElement(patch), $"{owner}: {node.Path}")];
    }

    private static JsonObject Metadata(BindingContext context, Node node)
    {
        var metadata = new JsonObject();
        if (!context.Mapping(node))
            return metadata;
        foreach (var field in node)
        {
            if (field.Key is "labels" or "annotations")
                Add(context, field, metadata);
            else
                context.Unknown(field, "labels annotations");
        }

        return metadata;
    }

    private static void Add(BindingContext context, Node field, JsonObject patch)
    {
        if (context.Mapping(field) && KubernetesJson.Patch(context, field) is { } value)
            patch[field.Key] = ParameterJson.ToNode(value);
    }

    // Whatever the object will be: directives that do not exist, items without a merge key.
    private static void CheckPatch(BindingContext context, Node node, string kind, JsonObject patch)
    {
        if (!StrategicMergePatch.Supports(kind))
            return;
        try
        {
            StrategicMergePatch.Apply(null, patch, kind);
        }
        catch (PatchException exception)
        {
            context.Error(node, $"is no strategic merge patch of a {kind}: {exception.Message}");
        }
    }
}
