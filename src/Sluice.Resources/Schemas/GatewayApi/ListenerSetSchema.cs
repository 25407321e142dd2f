using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class ListenerSetSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAnd("ListenerSet"),
        Kind = "ListenerSet",
        Plural = "listenersets",
        Singular = "listenerset",
        ShortNames = ["lset"],
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
        PrinterColumns = [GatewayVersions.Condition("Accepted"), GatewayVersions.Condition("Programmed"), PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Further listeners for a Gateway.",
        Required("spec", Object(
            Required("parentRef", ReferenceSchemas.GatewayParent, "The Gateway that gets the listeners."),
            ListenerSchemas.Listeners)),
        ListenerSchemas.Status(["Accepted", "Programmed"], ListenerSchemas.StatusListeners));
}
