using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class NamespaceSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "Namespace",
        Plural = "namespaces",
        Singular = "namespace",
        ShortNames = ["ns"],
        Namespaced = false,
        HasStatus = true,
        PrinterColumns = [new PrinterColumn("Status", "string", ".status.phase"), PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "A space for names of objects.",
        Optional("spec", Object(
            Optional("finalizers", Strings, "Who must agree before the namespace goes.")).Named("io.k8s.api.core.v1.NamespaceSpec")),
        Optional("status", Object(
            Optional("phase", Word("Active Terminating").Default("\"Active\"")),
            Optional("conditions", CoreConditions.ByType)).Named("io.k8s.api.core.v1.NamespaceStatus").Default("""{"phase":"Active"}"""), "Set by the server."));
}
