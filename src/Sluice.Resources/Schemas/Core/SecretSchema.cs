using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class SecretSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "",
        Versions = CoreVersions.V1,
        Kind = "Secret",
        Plural = "secrets",
        Singular = "secret",
        PrinterColumns =
        [
            new PrinterColumn("Type", "string", ".type"),
            new PrinterColumn("Data", "string", "") { Compute = item => DataCells.Count(item, "data"), Description = "Entries of data." },
            PrinterColumn.Age,
        ],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Values that few may read, such as certificates with their keys.",
        Optional("type", AnyText.Default("\"Opaque\""), "What the entries are, such as kubernetes.io/tls."),
        Optional("data", Map(Bytes), "Values by name, in base64."),
        Optional("stringData", StringMap, "Text by name, for writing only; wins over data."),
        Optional("immutable", Flag, "Whether data can no longer be changed."));
}
