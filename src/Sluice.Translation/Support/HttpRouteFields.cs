namespace Sluice.Translation.Support;

internal static class HttpRouteFields
{
    private const string Rule = "spec.rules[]";
    private const string NoExternalAuth = "External authorization is not served yet; the rule answers 500.";

    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .RouteParents()
        .Supported(Rule, "name")
        .Matches($"{Rule}.matches[]")
        .Filters($"{Rule}.filters[]", ofBackend: false)
        .BackendRef($"{Rule}.backendRefs[]")
        .Supported($"{Rule}.backendRefs[]", "weight")
        .Filters($"{Rule}.backendRefs[].filters[]", ofBackend: true)
        .Supported($"{Rule}.timeouts", "request", "From the head of the request to the end of the response; 504. Tunnels are not cut.")
        .Supported($"{Rule}.timeouts", "backendRequest", "Each attempt; retried when the rule has retries, else 504.")
        .Supported($"{Rule}.retry", "codes[]", "400 to 599. Connection errors and attempts that time out are retried whatever the codes.")
        .Supported($"{Rule}.retry", "attempts", "After the first; default 1. Within a budget per backend: [limits](limits.md).")
        .Supported($"{Rule}.retry", "backoff", "Doubles up to tenfold; default 25 ms.")
        .SessionPersistence($"{Rule}.sessionPersistence")
        .RouteStatus()
        .Fields;

    private static FieldList Matches(this FieldList fields, string path) => fields
        .Supported($"{path}.path", "type value", "Exact, PathPrefix, RegularExpression (whole path, linear time).")
        .Supported($"{path}.headers[]", "type name value", "Exact, RegularExpression.")
        .Supported($"{path}.queryParams[]", "type name value", "Exact, RegularExpression; compared as sent.")
        .Supported(path, "method");

    private static FieldList Filters(this FieldList fields, string path, bool ofBackend) => fields
        .Supported(path, "type")
        .Headers($"{path}.requestHeaderModifier")
        .Headers($"{path}.responseHeaderModifier")
        .Mirror($"{path}.requestMirror")
        .Supported($"{path}.requestRedirect", "scheme hostname port path.type path.replaceFullPath path.replacePrefixMatch")
        .Supported($"{path}.requestRedirect", "statusCode", "301, 302, 303, 307, 308.")
        .Supported($"{path}.urlRewrite", "hostname path.type path.replaceFullPath path.replacePrefixMatch")
        .Cors($"{path}.cors", ofBackend)
        .ExternalAuth($"{path}.externalAuth")
        .ExtensionRef($"{path}.extensionRef");

    private static FieldList Cors(this FieldList fields, string path, bool ofBackend) => ofBackend
        ? fields.Refused(path, "allowOrigins[] allowCredentials allowMethods[] allowHeaders[] exposeHeaders[] maxAge", "CORS is decided before a backend is chosen: put the filter into the rule.")
        : fields
            .Supported(path, "allowOrigins[]", "Default ports count as none; `null` is allowed by `*` only.")
            .Supported(path, "allowCredentials")
            .Supported(path, "allowMethods[]", "With credentials `*` echoes what the preflight asks for.")
            .Supported(path, "allowHeaders[]", "`*` echoes what the preflight asks for, up to 4 KiB.")
            .Supported(path, "exposeHeaders[]", "`*` has no effect with credentials.")
            .Supported(path, "maxAge");

    private static FieldList ExternalAuth(this FieldList fields, string path) => fields
        .Refused(path, "protocol", NoExternalAuth)
        .Refused($"{path}.backendRef", "group kind name namespace port", NoExternalAuth)
        .Refused(path, "grpc.allowedHeaders[] http.path http.allowedHeaders[] http.allowedResponseHeaders[] forwardBody.maxSize", NoExternalAuth);
}
