using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Cluster;

internal static class LeaseSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "coordination.k8s.io",
        Versions = CoreVersions.V1,
        Kind = "Lease",
        Plural = "leases",
        Singular = "lease",
        PrinterColumns = [new PrinterColumn("Holder", "string", ".spec.holderIdentity"), PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Who leads, and until when.",
        Optional("spec", Object(
            Optional("holderIdentity", AnyText),
            Optional("leaseDurationSeconds", Integer(1), "How long others wait after renewTime."),
            Optional("acquireTime", MicroTime),
            Optional("renewTime", MicroTime),
            Optional("leaseTransitions", Integer(0), "How often the holder has changed."),
            Optional("strategy", AnyText),
            Optional("preferredHolder", AnyText))));
}
