using System.Text.Json.Nodes;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Core;

internal static class NamespaceSchema
{
    private const string NameLabel = "kubernetes.io/metadata.name";

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
        ConditionalDefaults = LabelName,
        PrinterColumns = [new PrinterColumn("Status", "string", ".status.phase"), PrinterColumn.Age],
    };

    /// <summary>So that selectors can name a namespace.</summary>
    private static void LabelName(JsonObject item)
    {
        if (item["metadata"] is not JsonObject metadata || metadata["name"] is not JsonValue name)
            return;
        if (metadata["labels"] is not JsonObject labels)
            metadata["labels"] = labels = [];
        labels[NameLabel] = name.DeepClone();
    }

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "A space for names of objects.",
        Optional("spec", Object(
            Optional("finalizers", Strings, "Who must agree before the namespace goes.")).Named("io.k8s.api.core.v1.NamespaceSpec")),
        Optional("status", Object(
            Optional("phase", Word("Active Terminating").Default("\"Active\"")),
            Optional("conditions", CoreConditions.ByType)).Named("io.k8s.api.core.v1.NamespaceStatus").Default("""{"phase":"Active"}"""), "Set by the server."));
}
