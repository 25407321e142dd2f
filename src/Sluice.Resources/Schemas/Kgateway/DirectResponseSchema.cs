using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Kgateway.Policies;
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
            Optional("body", Text(max: 4096), "The body. Absent: none."),
            Optional("bodyFormat", CommonPolicySchemas.BodyFormat, "A body with command operators, in place of body."))
            .Rule("!has(self.body) || !has(self.bodyFormat)", "must have at most one of body and bodyFormat")),
        PolicyStatuses.OfAncestors);
}
