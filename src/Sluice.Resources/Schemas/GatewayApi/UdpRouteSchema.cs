using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class UdpRouteSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAnd("UDPRoute", "v1alpha2"),
        Kind = "UDPRoute",
        Plural = "udproutes",
        Singular = "udproute",
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Sends datagrams from listeners to backends.",
        Required("spec", Object(
            RouteSchemas.ParentRefs,
            RouteSchemas.UseDefaultGateways,
            RouteSchemas.OneRule)),
        RouteSchemas.Status);
}
