using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class ConfigMapSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "ConfigMap",
        Plural = "configmaps",
        Singular = "configmap",
        ShortNames = ["cm"],
        PrinterColumns = [new PrinterColumn("Data", "string", "") { Compute = item => DataCells.Count(item, "data", "binaryData"), Description = "Entries of data and binaryData." }, PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Settings for programs.",
        Optional("data", StringMap, "Text by name."),
        Optional("binaryData", Map(Bytes), "Other bytes by name, in base64."),
        Optional("immutable", Flag, "Whether data can no longer be changed."));
}
