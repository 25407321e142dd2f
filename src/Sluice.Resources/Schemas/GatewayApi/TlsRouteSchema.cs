using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class TlsRouteSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAnd("TLSRoute", "v1alpha3", "v1alpha2"),
        Kind = "TLSRoute",
        Plural = "tlsroutes",
        Singular = "tlsroute",
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Sends TLS connections to backends by the server name that clients ask for.",
        Required("spec", Object(
            RouteSchemas.ParentRefs,
            RouteSchemas.UseDefaultGateways,
            Required("hostnames", List(NameSchemas.Hostname, 1, 1024), "Server names that the route is for."),
            RouteSchemas.OneRule)),
        RouteSchemas.Status);
}
