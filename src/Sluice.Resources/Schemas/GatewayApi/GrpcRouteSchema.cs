using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class GrpcRouteSchema
{
    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAnd("GRPCRoute"),
        Kind = "GRPCRoute",
        Plural = "grpcroutes",
        Singular = "grpcroute",
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
        PrinterColumns = [GatewayVersions.Hostnames, PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Sends gRPC calls from listeners to backends.",
        Required("spec", Object(
            RouteSchemas.ParentRefs,
            RouteSchemas.UseDefaultGateways,
            RouteSchemas.Hostnames,
            Optional("rules", List(Rule(), max: 16), "The most specific match decides."))),
        RouteSchemas.Status);

    private static SchemaNode Rule()
    {
        var filters = List(
            Object([FilterSchemas.Type("ResponseHeaderModifier RequestHeaderModifier RequestMirror ExtensionRef"), .. FilterSchemas.Common]),
            max: FilterSchemas.MaxFilters);
        return Object(
            RouteSchemas.RuleName,
            Optional("matches", List(Match(), max: 64), "Calls that the rule is for; one match is enough. Absent: all calls."),
            Optional("filters", filters, "What is done with calls and answers."),
            Optional("backendRefs", List(
                ReferenceSchemas.WeightedBackendWith(Optional("filters", filters, "Only for calls that go to this backend.")),
                max: 16), "Where calls go, by weight."),
            RouteSchemas.SessionPersistence);
    }

    private static SchemaNode Match()
    {
        var type = Optional("type", Word("Exact RegularExpression").Default("\"Exact\""));
        return Object(
            Optional("method", Object(
                type,
                Optional("service", Text(max: 1024), "Such as helloworld.Greeter."),
                Optional("method", Text(max: 1024), "Such as SayHello.")), "Service, method or both."),
            Optional("headers", Keyed("name", Object(
                type,
                Required("name", NameSchemas.HeaderName),
                Required("value", NameSchemas.HeaderValue)), max: 16), "All must match."));
    }
}
