using System.Text.Json.Nodes;
using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Workloads;

internal static class HorizontalPodAutoscalerSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "autoscaling",
        Versions = [new("v2", IsStored: true)],
        Kind = "HorizontalPodAutoscaler",
        Plural = "horizontalpodautoscalers",
        Singular = "horizontalpodautoscaler",
        ShortNames = ["hpa"],
        Categories = ["all"],
        HasStatus = true,
        PrinterColumns =
        [
            new PrinterColumn("Reference", "string", "") { Compute = Reference },
            new PrinterColumn("Targets", "string", "") { Compute = AutoscalerCells.Targets },
            new PrinterColumn("MinPods", "string", "") { Compute = item => item["spec"]?["minReplicas"]?.ToString() ?? "<unset>" },
            new PrinterColumn("MaxPods", "integer", ".spec.maxReplicas"),
            new PrinterColumn("Replicas", "integer", "") { Compute = WorkloadCells.Status("currentReplicas") },
            PrinterColumn.Age,
        ],
    };

    private static string Reference(JsonObject item)
    {
        var target = item["spec"]?["scaleTargetRef"];
        return $"{target?["kind"]}/{target?["name"]}";
    }

    private static SchemaNode Root()
    {
        var rules = Object(
            Optional("stabilizationWindowSeconds", Integer(0, 3600)),
            Optional("selectPolicy", AnyText),
            Optional("policies", List(Object(Required("type", AnyText), Required("value", Integer(1)), Required("periodSeconds", Integer(1, 1800))))),
            Optional("tolerance", AnyText));
        return ObjectMetaSchema.Root(
            "Sets the number of pods by what they use.",
            Optional("spec", Object(
                Required("scaleTargetRef", Object(Optional("apiVersion", AnyText), Required("kind", AnyText), Required("name", AnyText)), "What is scaled."),
                Optional("minReplicas", Integer(0).Default("1")),
                Required("maxReplicas", Integer(1)),
                Optional("metrics", List(Open(Required("type", AnyText)))),
                Optional("behavior", Object(Optional("scaleUp", rules), Optional("scaleDown", rules))))),
            Optional("status", Object(
                Optional("observedGeneration", Integer(format: "int64")),
                Optional("lastScaleTime", Time),
                Optional("currentReplicas", Integer()),
                Optional("desiredReplicas", Integer()),
                Optional("currentMetrics", List(Open())),
                Optional("conditions", CoreConditions.ByType)), "Set by the controller."));
    }
}
