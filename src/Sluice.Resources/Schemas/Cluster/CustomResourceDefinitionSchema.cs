using Sluice.Resources.Schemas.Core;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Cluster;

internal static class CustomResourceDefinitionSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = "apiextensions.k8s.io",
        Versions = CoreVersions.V1,
        Kind = "CustomResourceDefinition",
        Plural = "customresourcedefinitions",
        Singular = "customresourcedefinition",
        ShortNames = ["crd", "crds"],
        Categories = ["api-extensions"],
        Namespaced = false,
        HasStatus = true,
        PrinterColumns = [new PrinterColumn("Created At", "string", ".metadata.creationTimestamp")],
    };

    private static SchemaNode Root()
    {
        var names = Object(
            Required("plural", AnyText),
            Optional("singular", AnyText),
            Required("kind", AnyText),
            Optional("listKind", AnyText),
            Optional("shortNames", Strings),
            Optional("categories", Strings));
        var column = Object(
            Required("name", AnyText),
            Required("type", AnyText),
            Required("jsonPath", AnyText),
            Optional("format", AnyText),
            Optional("description", AnyText),
            Optional("priority", Integer()));
        var version = Object(
            Required("name", AnyText),
            Required("served", Flag),
            Required("storage", Flag),
            Optional("deprecated", Flag),
            Optional("deprecationWarning", AnyText),
            Optional("schema", Object(Optional("openAPIV3Schema", Open()))),
            Optional("subresources", Object(Optional("status", Open()), Optional("scale", Open()))),
            Optional("additionalPrinterColumns", List(column)),
            Optional("selectableFields", List(Object(Required("jsonPath", AnyText)))));
        return ObjectMetaSchema.Root(
            "Adds a kind to the API server.",
            Required("spec", Object(
                Required("group", AnyText),
                Required("names", names),
                Required("scope", Word("Cluster Namespaced")),
                Required("versions", List(version)),
                Optional("conversion", Open(), "How objects get from one version to another."),
                Optional("preserveUnknownFields", Flag))),
            Optional("status", Object(
                Optional("conditions", CoreConditions.ByType),
                Optional("acceptedNames", names),
                Optional("storedVersions", Strings))));
    }
}
