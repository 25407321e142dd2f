using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

internal static class HttpRouteSchema
{
    private const string AnyPath = """{"path":{"type":"PathPrefix","value":"/"}}""";

    public static KindSchema Create() => new(Root)
    {
        Group = GatewayApiGroup.Name,
        Versions = GatewayVersions.StableAndBeta,
        Kind = "HTTPRoute",
        Plural = "httproutes",
        Singular = "httproute",
        Categories = GatewayVersions.Categories,
        HasStatus = true,
        IsCustom = true,
        PrinterColumns = [GatewayVersions.Hostnames, PrinterColumn.Age],
    };

    private static SchemaNode Root() => ObjectMetaSchema.Root(
        "Sends HTTP requests from listeners to backends.",
        Required("spec", Object(
            RouteSchemas.ParentRefs,
            RouteSchemas.UseDefaultGateways,
            RouteSchemas.Hostnames,
            Optional("rules", List(Rule(), 1, 16).Default($$"""[{"matches":[{{AnyPath}}]}]"""), "The most specific match decides."))),
        RouteSchemas.Status);

    private static SchemaNode Rule() => Object(
        RouteSchemas.RuleName,
        Optional("matches", List(Match(), max: 64).Default($"[{AnyPath}]"), "Requests that the rule is for; one match is enough."),
        Optional("filters", HttpFilterSchema.Filters, "What is done with requests and responses."),
        Optional("backendRefs", List(
            ReferenceSchemas.WeightedBackendWith(Optional("filters", HttpFilterSchema.Filters, "Only for requests that go to this backend.")),
            max: 16), "Where requests go, by weight."),
        Optional("timeouts", Object(
            Optional("request", NameSchemas.Duration, "For the whole exchange; 0s for none."),
            Optional("backendRequest", NameSchemas.Duration, "For each attempt; 0s for none.")), "How long things may take."),
        Optional("retry", Object(
            Optional("codes", Set(Integer(400, 599, null)), "Statuses that are tried again."),
            Optional("attempts", Integer(1, format: null), "After the first."),
            Optional("backoff", NameSchemas.Duration, "The least time between attempts.")), "Whether requests are tried again; experimental."),
        RouteSchemas.SessionPersistence);

    private static SchemaNode Match() => Object(
        Optional("path", Object(
            Optional("type", Word("Exact PathPrefix RegularExpression").Default("\"PathPrefix\""), "PathPrefix compares whole segments."),
            Optional("value", Text(max: 1024).Default("\"/\""))).Default("""{"type":"PathPrefix","value":"/"}"""), "Absent: every path."),
        Optional("headers", Keyed("name", Value(NameSchemas.HeaderValue), max: 16), "All must match."),
        Optional("queryParams", Keyed("name", Value(Text(1, 1024)), max: 16), "All must match."),
        Optional("method", Word("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH"), "Absent: every method."));

    private static SchemaNode Value(SchemaNode value) => Object(
        Optional("type", Word("Exact RegularExpression").Default("\"Exact\"")),
        Required("name", NameSchemas.HeaderName, "Header fields in any case, parameters as they are."),
        Required("value", value));
}
