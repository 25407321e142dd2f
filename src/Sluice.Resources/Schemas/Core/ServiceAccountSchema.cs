using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class ServiceAccountSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "ServiceAccount",
        Plural = "serviceaccounts",
        Singular = "serviceaccount",
        ShortNames = ["sa"],
        PrinterColumns = [new PrinterColumn("Secrets", "integer", "") { Compute = item => DataCells.Count(item, "secrets") }, PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Who a pod is towards the API server.",
        Optional("automountServiceAccountToken", Flag, "Whether pods get a token of it unless they say otherwise."),
        Optional("imagePullSecrets", List(ReferenceSchemas.Local)),
        Optional("secrets", Keyed("name", ReferenceSchemas.Object).MergedBy("name")));
}
