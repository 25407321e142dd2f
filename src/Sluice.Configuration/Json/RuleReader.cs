using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Reads matches, rules and actions.</summary>
internal static class RuleReader
{
    public static RouteMatch Match(JsonElement element)
    {
        var path = element.Member("path");
        return new RouteMatch
        {
            Path = new PathMatch(path.Choice<PathMatchType>("type"), path.Text("value")),
            Method = element.OptionalText("method"),
            Headers = element.List("headers", Value),
            QueryParams = element.List("queryParams", Value),
        };
    }

    public static RouteRule Rule(JsonElement element) => new()
    {
        Route = element.Text("route"),
        Index = element.Number("index"),
        Name = element.OptionalText("name"),
        IsGrpc = element.Flag("isGrpc"),
        Action = Action(element.Member("action")),
        RequestHeaders = element.List("requestHeaders", Headers),
        ResponseHeaders = element.List("responseHeaders", Headers),
        UrlRewrite = Rewrite(element),
        Timeouts = PolicyReader.Timeouts(element),
        Retry = PolicyReader.Retry(element),
        InternalRedirect = PolicyReader.InternalRedirect(element),
        Mirrors = PolicyReader.Mirrors(element),
        Cors = PolicyReader.Cors(element),
        SessionPersistence = PolicyReader.Session(element),
        Policies = RequestPolicyReader.Policies(element),
    };

    private static ValueMatch Value(JsonElement element) =>
        new(element.Text("name"), element.Choice<ValueMatchType>("type"), element.Text("value"));

    private static RouteAction Action(JsonElement element) => element.Text("type") switch
    {
        "Forward" => new ForwardAction(element.List("backends", Backend)),
        "Redirect" => new RedirectAction
        {
            StatusCode = element.Number("statusCode"),
            Scheme = element.OptionalText("scheme"),
            Hostname = element.OptionalText("hostname"),
            Port = element.OptionalNumber("port"),
            Path = Path(element),
        },
        "DirectResponse" => new DirectResponseAction
        {
            StatusCode = element.Number("statusCode"),
            Body = element.Text("body"),
            BodyFormat = element.OptionalMember("bodyFormat") is { } format ? TelemetryReader.Format(format) : null,
            ContentType = element.Text("contentType"),
        },
        _ => throw JsonFields.Wrong("type", "one of Forward, Redirect, DirectResponse"),
    };

    private static WeightedBackend Backend(JsonElement element) => new()
    {
        Cluster = element.OptionalText("cluster"),
        Weight = element.Number("weight"),
        RequestHeaders = element.List("requestHeaders", Headers),
        ResponseHeaders = element.List("responseHeaders", Headers),
        UrlRewrite = Rewrite(element),
        Mirrors = PolicyReader.Mirrors(element),
        Answer = element.OptionalMember("answer") is { } answer ? Action(answer) : null,
    };

    public static HeaderModifier Headers(JsonElement element) => new()
    {
        Set = element.List("set", Header),
        Add = element.List("add", Header),
        Remove = element.Texts("remove"),
    };

    public static HeaderValue Header(JsonElement element) => new(element.Text("name"), element.Text("value"));

    private static UrlRewrite? Rewrite(JsonElement element) => element.OptionalMember("urlRewrite") is { } rewrite
        ? new UrlRewrite { Hostname = rewrite.OptionalText("hostname"), Path = Path(rewrite) }
        : null;

    private static PathModifier? Path(JsonElement element) => element.OptionalMember("path") is { } path
        ? new PathModifier(path.Choice<PathModifierType>("type"), path.Text("value"))
        : null;
}
