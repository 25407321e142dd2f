using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.rules[].matches[] of an HTTPRoute.</summary>
internal static class HttpMatchBinder
{
    private const string Methods = "GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH";

    private static readonly HttpRouteMatch Default = HttpRouteMatch.DefaultList[0];

    public static HttpRouteMatch? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        var path = (Type: "PathPrefix", Value: "/");
        string? method = null;
        HttpValueMatch[] headers = [], query = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "path":
                    path = Path(context, field);
                    break;
                case "method":
                    method = context.Word(field, Methods);
                    break;
                case "headers":
                    headers = Headers(context, field);
                    break;
                case "queryParams":
                    query = Values(context, field, 1024);
                    break;
                default:
                    context.Unknown(field, "path method headers queryParams");
                    break;
            }
        }

        if (path is ("PathPrefix", "/") && method is null && headers.Length == 0 && query.Length == 0)
            return Default;
        return new HttpRouteMatch { PathType = path.Type, PathValue = path.Value, Method = method, Headers = headers, QueryParams = query };
    }

    private static (string Type, string Value) Path(BindingContext context, Node node)
    {
        string? type = null, value = null;
        if (!context.Mapping(node))
            return ("PathPrefix", "/");
        var errors = context.Errors;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Word(field, "Exact, PathPrefix, RegularExpression");
                    break;
                case "value":
                    value = context.String(field, 0, 1024);
                    break;
                default:
                    context.Unknown(field, "type value");
                    break;
            }
        }

        if (context.Errors == errors && type != "RegularExpression" && node.TryGet("value", out var at))
            CheckPath(context, at);
        return (type ?? "PathPrefix", value ?? "/");
    }

    /// <summary>Exact and PathPrefix: an absolute path as RFC 3986 writes it, with nothing that normalization would change.</summary>
    private static void CheckPath(BindingContext context, Node node)
    {
        var path = node.Text;
        if (!path.StartsWith('/'))
            context.MustBe(node, "an absolute path that starts with \"/\"");
        else if (Forbidden(path) is { } part)
            context.Error(node, $"must not contain {part}, found {Describe.Quoted(path)}");
        else if (!HasPathCharacters(path))
            context.MustBe(node, "a path of letters, digits, -._~!$&'()*+,;=:@/ and percent-encoded bytes such as %20");
    }

    private static string? Forbidden(string path)
    {
        foreach (var part in (ReadOnlySpan<string>)["//", "/./", "/../", "%2f", "%2F", "#"])
        {
            if (path.Contains(part, StringComparison.Ordinal))
                return $"\"{part}\"";
        }

        if (path.EndsWith("/..", StringComparison.Ordinal))
            return "\"/..\" at its end";
        return path.EndsWith("/.", StringComparison.Ordinal) ? "\"/.\" at its end" : null;
    }

    private static bool HasPathCharacters(ReadOnlySpan<char> path)
    {
        for (var at = path.IndexOfAnyExcept(CharacterSets.Path); at >= 0; at = path.IndexOfAnyExcept(CharacterSets.Path))
        {
            if (path[at] != '%' || at + 2 >= path.Length || !char.IsAsciiHexDigit(path[at + 1]) || !char.IsAsciiHexDigit(path[at + 2]))
                return false;
            path = path[(at + 3)..];
        }

        return true;
    }

    public static HttpValueMatch[] Headers(BindingContext context, Node node) => Values(context, node, 4096);

    private static HttpValueMatch[] Values(BindingContext context, Node node, int maxValue)
    {
        var values = maxValue > 1024
            ? context.List(node, 0, 16, static (c, item) => Value(c, item, 4096))
            : context.List(node, 0, 16, static (c, item) => Value(c, item, 1024));
        UniqueNames.Check(context, node);
        return values;
    }

    private static HttpValueMatch? Value(BindingContext context, Node node, int maxValue)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null, value = null, type = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Names.HeaderName, 256);
                    break;
                case "value":
                    value = context.String(field, 1, maxValue);
                    break;
                case "type":
                    type = context.Word(field, "Exact, RegularExpression");
                    break;
                default:
                    context.Unknown(field, "name value type");
                    break;
            }
        }

        ObjectFields.Require(context, node, "name", "the name to match");
        ObjectFields.Require(context, node, "value", "the value to match");
        return name is null || value is null ? null : new HttpValueMatch(name, value, type ?? "Exact");
    }
}
