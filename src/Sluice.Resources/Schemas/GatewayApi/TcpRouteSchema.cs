using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class TcpRouteSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAnd("TCPRoute", "v1alpha2"),
        Kind = "TCPRoute",
        Plural = "tcproutes",
        Singular = "tcproute",
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Sends TCP connections from listeners to backends.",
        Required("spec", Object(
            RouteSchemas.ParentRefs,
            RouteSchemas.UseDefaultGateways,
            RouteSchemas.OneRule)),
        RouteSchemas.Status);
}
