using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Workloads;

internal static class DeploymentSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "apps",
        Versions = CoreVersions.V1,
        Kind = "Deployment",
        Plural = "deployments",
        Singular = "deployment",
        ShortNames = ["deploy"],
        Categories = ["all"],
        HasStatus = true,
        PrinterColumns =
        [
            new PrinterColumn("Ready", "string", "") { Compute = WorkloadCells.Ready },
            new PrinterColumn("Up-to-date", "string", "") { Compute = WorkloadCells.Status("updatedReplicas") },
            new PrinterColumn("Available", "string", "") { Compute = WorkloadCells.Status("availableReplicas") },
            PrinterColumn.Age,
            new PrinterColumn("Containers", "string", "") { Compute = WorkloadCells.Containers, Priority = 1 },
            new PrinterColumn("Images", "string", "") { Compute = WorkloadCells.Images, Priority = 1 },
            new PrinterColumn("Selector", "string", "") { Compute = WorkloadCells.Selector, Priority = 1 },
        ],
    };

    private static SchemaNode Root()
    {
        var count = Integer();
        return ObjectMetaSchema.Root(
            "Keeps a number of equal pods running.",
            Optional("spec", Object(
                Optional("replicas", Integer(0).Default("1")),
                Required("selector", LabelSelectorSchema.Selector, "The labels of its pods."),
                Required("template", PodSpecSchema.Template),
                Optional("strategy", Object(
                    Optional("type", Word("RollingUpdate Recreate")),
                    Optional("rollingUpdate", Object(
                        Optional("maxSurge", IntOrString, "How many pods more than replicas there may be."),
                        Optional("maxUnavailable", IntOrString, "How many pods may be missing.")))).MergedBy(null, "retainKeys")),
                Optional("minReadySeconds", Integer(0)),
                Optional("revisionHistoryLimit", Integer(0)),
                Optional("progressDeadlineSeconds", Integer(0)),
                Optional("paused", Flag))),
            Optional("status", Object(
                Optional("observedGeneration", Integer(format: "int64")),
                Optional("replicas", count),
                Optional("updatedReplicas", count),
                Optional("readyReplicas", count),
                Optional("availableReplicas", count),
                Optional("unavailableReplicas", count),
                Optional("terminatingReplicas", count),
                Optional("collisionCount", count),
                Optional("conditions", CoreConditions.ByType)), "Set by the controller."));
    }
}
