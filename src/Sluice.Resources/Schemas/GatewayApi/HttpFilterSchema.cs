using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>Filters of HTTPRoutes.</summary>
internal static class HttpFilterSchema
{
    private const string Types = "RequestHeaderModifier ResponseHeaderModifier RequestMirror RequestRedirect URLRewrite ExtensionRef CORS ExternalAuth";
    private const int MaxHeaders = 64;

    private static readonly SchemaNode PathModifier = Object(
        Required("type", Word("ReplaceFullPath ReplacePrefixMatch")),
        Optional("replaceFullPath", Text(max: 1024), "Takes the place of the whole path."),
        Optional("replacePrefixMatch", Text(max: 1024), "Takes the place of the prefix that matched."));

    private static readonly SchemaNode Redirect = Object(
        Optional("scheme", Word("http https"), "Absent: that of the request."),
        Optional("hostname", NameSchemas.PreciseHostname, "Absent: that of the request."),
        Optional("path", PathModifier, "Absent: that of the request."),
        Optional("port", NameSchemas.Port, "Absent: the usual one of the scheme, or the listener's."),
        Optional("statusCode", (Integer(format: null) with { Enum = ["301", "302", "303", "307", "308"] }).Default("302")));

    private static readonly SchemaNode Rewrite = Object(
        Optional("hostname", NameSchemas.PreciseHostname, "The host that the backend sees."),
        Optional("path", PathModifier, "The path that the backend sees."));

    private static readonly SchemaNode HeaderNames = Set(NameSchemas.HeaderName, MaxHeaders);

    private static readonly SchemaNode Cors = Object(
        Optional("allowOrigins", Set(NameSchemas.Origin, 64), "Origins whose scripts may read answers; \"*\" for all."),
        Optional("allowCredentials", Flag, "Whether requests may carry cookies and authorization."),
        Optional("allowMethods", Set(Word("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH *"), 9)),
        Optional("allowHeaders", HeaderNames, "Header fields that requests may have."),
        Optional("exposeHeaders", HeaderNames, "Header fields of answers that scripts may read."),
        Optional("maxAge", Integer(1).Default("5"), "Seconds that a browser may remember the answer to a preflight."));

    private static readonly SchemaNode ExternalAuth = Object(
        Required("protocol", Word("HTTP GRPC"), "How the service is asked."),
        Required("backendRef", ReferenceSchemas.Backend, "The service that decides."),
        Optional("grpc", Object(Optional("allowedHeaders", Set(AnyText, MaxHeaders), "Header fields that the service is told."))),
        Optional("http", Object(
            Optional("path", Text(max: 1024, pattern: "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$"), "Stands before the path of the request."),
            Optional("allowedHeaders", Set(AnyText, MaxHeaders), "Header fields that the service is told."),
            Optional("allowedResponseHeaders", Set(AnyText, MaxHeaders), "Header fields of its answer that the backend gets."))),
        Optional("forwardBody", Object(Optional("maxSize", Integer(format: null), "Bytes of the body that the service is told."))));

    /// <summary>Of rules and of backends.</summary>
    public static SchemaNode Filters { get; } = List(
        Object(
            [
                FilterSchemas.Type(Types),
                .. FilterSchemas.Common,
                Optional("requestRedirect", Redirect, "Answers with a redirect."),
                Optional("urlRewrite", Rewrite, "Changes the host and the path on the way to the backend."),
                Optional("cors", Cors, "Answers preflights, and says who may read answers."),
                Optional("externalAuth", ExternalAuth, "Asks a service whether a request may pass; experimental."),
            ]),
        max: FilterSchemas.MaxFilters);
}
