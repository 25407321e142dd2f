using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Workloads;

internal static class PodSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "Pod",
        Plural = "pods",
        Singular = "pod",
        ShortNames = ["po"],
        Categories = ["all"],
        HasStatus = true,
        PrinterColumns =
        [
            new PrinterColumn("Ready", "string", "") { Compute = PodCells.Ready },
            new PrinterColumn("Status", "string", "") { Compute = PodCells.Status },
            new PrinterColumn("Restarts", "string", "") { Compute = PodCells.Restarts },
            PrinterColumn.Age,
            new PrinterColumn("IP", "string", ".status.podIP") { Priority = 1 },
            new PrinterColumn("Node", "string", ".spec.nodeName") { Priority = 1 },
            new PrinterColumn("Nominated Node", "string", ".status.nominatedNodeName") { Priority = 1 },
            new PrinterColumn("Readiness Gates", "string", "") { Compute = PodCells.ReadinessGates, Priority = 1 },
        ],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Containers that run together.",
        Optional("spec", PodSpecSchema.Spec),
        Optional("status", Open(
            Optional("phase", AnyText),
            Optional("conditions", CoreConditions.ByType),
            Optional("podIP", AnyText),
            Optional("podIPs", Keyed("ip", Object(Required("ip", AnyText))).MergedBy("ip")),
            Optional("hostIPs", List(Object(Required("ip", AnyText))).MergedBy("ip")),
            Optional("containerStatuses", List(Open())))));
}
