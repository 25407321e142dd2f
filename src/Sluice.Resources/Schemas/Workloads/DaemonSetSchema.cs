using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Workloads;

internal static class DaemonSetSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "apps",
        Versions = CoreVersions.V1,
        Kind = "DaemonSet",
        Plural = "daemonsets",
        Singular = "daemonset",
        ShortNames = ["ds"],
        Categories = ["all"],
        HasStatus = true,
        PrinterColumns =
        [
            Count("Desired", "desiredNumberScheduled"),
            Count("Current", "currentNumberScheduled"),
            Count("Ready", "numberReady"),
            Count("Up-to-date", "updatedNumberScheduled"),
            Count("Available", "numberAvailable"),
            new PrinterColumn("Node Selector", "string", "") { Compute = WorkloadCells.NodeSelector },
            PrinterColumn.Age,
            new PrinterColumn("Containers", "string", "") { Compute = WorkloadCells.Containers, Priority = 1 },
            new PrinterColumn("Images", "string", "") { Compute = WorkloadCells.Images, Priority = 1 },
            new PrinterColumn("Selector", "string", "") { Compute = WorkloadCells.Selector, Priority = 1 },
        ],
    };

    private static PrinterColumn Count(string name, string field) => new(name, "integer", "") { Compute = WorkloadCells.Status(field) };

    private static SchemaNode Root()
    {
        var count = Integer();
        return ObjectMetaSchema.Root(
            "Keeps a pod running on every node.",
            Optional("spec", Object(
                Required("selector", LabelSelectorSchema.Selector, "The labels of its pods."),
                Required("template", PodSpecSchema.Template),
                Optional("updateStrategy", Object(
                    Optional("type", Word("RollingUpdate OnDelete")),
                    Optional("rollingUpdate", Object(
                        Optional("maxSurge", IntOrString),
                        Optional("maxUnavailable", IntOrString))))),
                Optional("minReadySeconds", Integer(0)),
                Optional("revisionHistoryLimit", Integer(0)))),
            Optional("status", Object(
                Optional("observedGeneration", Integer(format: "int64")),
                Optional("desiredNumberScheduled", count),
                Optional("currentNumberScheduled", count),
                Optional("updatedNumberScheduled", count),
                Optional("numberReady", count),
                Optional("numberAvailable", count),
                Optional("numberUnavailable", count),
                Optional("numberMisscheduled", count),
                Optional("collisionCount", count),
                Optional("conditions", CoreConditions.ByType)), "Set by the controller."));
    }
}
