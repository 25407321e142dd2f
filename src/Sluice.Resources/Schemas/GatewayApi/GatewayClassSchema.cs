using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class GatewayClassSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAndBeta,
        Kind = "GatewayClass",
        Plural = "gatewayclasses",
        Singular = "gatewayclass",
        ShortNames = ["gc"],
        Categories = GatewayVersions.Categories,
        Namespaced = false,
        HasStatus = true,
        IsCustom = true,
        PrinterColumns =
        [
            new PrinterColumn("Controller", "string", ".spec.controllerName"),
            GatewayVersions.Condition("Accepted"),
            PrinterColumn.Age,
            new PrinterColumn("Description", "string", ".spec.description") { Priority = 1 },
        ],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Says which controller serves Gateways of the class.",
        Required("spec", Object(
            Required("controllerName", NameSchemas.ControllerName.Rule("self == oldSelf", "cannot be changed")),
            Optional("parametersRef", ReferenceSchemas.Full, "An object of the implementation with settings for all Gateways of the class."),
            Optional("description", Text(max: 64)))),
        ListenerSchemas.Status(
            ["Accepted"],
            Optional("supportedFeatures", Keyed("name", Object(Required("name", AnyText)), max: 64), "Names of features that the controller supports.")));
}
