using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Workloads;

internal static class PodDisruptionBudgetSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "policy",
        Versions = CoreVersions.V1,
        Kind = "PodDisruptionBudget",
        Plural = "poddisruptionbudgets",
        Singular = "poddisruptionbudget",
        ShortNames = ["pdb"],
        HasStatus = true,
        PrinterColumns =
        [
            new PrinterColumn("Min Available", "string", "") { Compute = WorkloadCells.OrNotAvailable("minAvailable") },
            new PrinterColumn("Max Unavailable", "string", "") { Compute = WorkloadCells.OrNotAvailable("maxUnavailable") },
            new PrinterColumn("Allowed Disruptions", "integer", "") { Compute = WorkloadCells.Status("disruptionsAllowed") },
            PrinterColumn.Age,
        ],
    };

    private static SchemaNode Root()
    {
        var count = Integer();
        return ObjectMetaSchema.Root(
            "Says how many pods must stay when nodes are emptied.",
            Optional("spec", Object(
                Optional("minAvailable", IntOrString),
                Optional("maxUnavailable", IntOrString),
                Optional("selector", LabelSelectorSchema.Selector.MergedBy(null, "replace"), "The labels of the pods."),
                Optional("unhealthyPodEvictionPolicy", AnyText, "IfHealthyBudget or AlwaysAllow."))),
            Optional("status", Object(
                Optional("observedGeneration", Integer(format: "int64")),
                Optional("disruptedPods", Map(Time)),
                Optional("disruptionsAllowed", count),
                Optional("currentHealthy", count),
                Optional("desiredHealthy", count),
                Optional("expectedPods", count),
                Optional("conditions", CoreConditions.ByType)), "Set by the controller."));
    }
}
