using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway;

internal static class DirectResponseSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Kgateway,
        Versions = KgatewayVersions.V1Alpha1,
        Kind = "DirectResponse",
        Plural = "directresponses",
        Singular = "directresponse",
        Categories = KgatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
        PrinterColumns = [new PrinterColumn("Status", "integer", ".spec.status") { Description = "The HTTP status that is answered." }, PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "An answer that a route gives itself. Rules point at it with a filter of the type ExtensionRef.",
        Required("spec", Object(
            Required("status", Integer(200, 599), "The HTTP status."),
            Optional("body", Text(max: 4096), "The body. Absent: none."))),
        Optional("status", Object(Optional("ancestors", List(Object(
            Required("ancestorRef", ReferenceSchemas.Parent),
            Required("controllerName", NameSchemas.ControllerName),
            Required("conditions", ConditionSchema.SomeConditions)), max: 16))), "Set by controllers."));
}
