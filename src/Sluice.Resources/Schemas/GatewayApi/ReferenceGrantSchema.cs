using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class ReferenceGrantSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = [new("v1"), new("v1beta1", IsStored: true)],
        Kind = "ReferenceGrant",
        Plural = "referencegrants",
        Singular = "referencegrant",
        ShortNames = ["refgrant"],
        Categories = GatewayVersions.Categories,
        IsCustom = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Lets objects of other namespaces refer to objects of this one.",
        Required("spec", Object(
            Required("from", List(Object(
                Required("group", NameSchemas.Group),
                Required("kind", NameSchemas.Kind),
                Required("namespace", NameSchemas.Namespace, "Where the referring objects live.")), 1, 16), "Who may refer."),
            Required("to", List(Object(
                Required("group", NameSchemas.Group),
                Required("kind", NameSchemas.Kind),
                Optional("name", NameSchemas.ObjectName, "Absent: all objects of the kind.")), 1, 16), "What may be referred to."))));
}
