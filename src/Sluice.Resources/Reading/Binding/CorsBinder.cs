using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>The cors filter.</summary>
internal static class CorsBinder
{
    private const string Methods = "GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, *";

    public static HttpCorsFilter? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string[] origins = [], methods = [], headers = [], exposed = [];
        var credentials = false;
        var maxAge = 5;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "allowOrigins":
                    origins = Set(context, field, 64, static (c, item) => c.Name(item, Origin));
                    break;
                case "allowMethods":
                    methods = Set(context, field, 9, static (c, item) => c.Word(item, Methods));
                    break;
                case "allowHeaders":
                    headers = Set(context, field, 64, static (c, item) => c.Name(item, Names.HeaderName, 256));
                    break;
                case "exposeHeaders":
                    exposed = context.List(field, 0, 64, static (c, item) => c.Name(item, Names.HeaderName, 256));
                    UniqueNames.CheckStrings(context, field);
                    break;
                case "allowCredentials":
                    credentials = context.Boolean(field) ?? false;
                    break;
                case "maxAge":
                    maxAge = context.Integer(field, 1, int.MaxValue) ?? maxAge;
                    break;
                default:
                    context.Unknown(field, "allowOrigins allowMethods allowHeaders exposeHeaders allowCredentials maxAge");
                    break;
            }
        }

        return new HttpCorsFilter
        {
            AllowOrigins = origins,
            AllowMethods = methods,
            AllowHeaders = headers,
            ExposeHeaders = exposed,
            AllowCredentials = credentials,
            MaxAge = maxAge,
        };
    }

    /// <summary>Different strings, of which "*" stands alone.</summary>
    private static string[] Set(BindingContext context, Node node, int max, Func<BindingContext, Node, string?> read)
    {
        var values = context.List(node, 0, max, read);
        UniqueNames.CheckStrings(context, node);
        if (values.Length > 1 && Array.IndexOf(values, "*") >= 0)
            context.Error(node, "must not have other items beside \"*\"");
        return values;
    }

    /// <summary>An origin, with wildcards or without, or "*".</summary>
    public static string? Origin(string value)
    {
        const string Wanted = "\"*\" or an origin such as \"https://example.com\", \"https://*.example.com\" or \"http://localhost:3000\"";
        if (value == "*")
            return null;
        var scheme = value.StartsWith("https://", StringComparison.Ordinal) ? 8 : value.StartsWith("http://", StringComparison.Ordinal) ? 7 : 0;
        if (scheme == 0)
            return Wanted;
        var host = value.AsSpan(scheme);
        var colon = host.IndexOf(':');
        if (colon >= 0)
        {
            var port = host[(colon + 1)..];
            if (port.Length is 0 or > 5 || port.ContainsAnyExceptInRange('0', '9'))
                return Wanted;
            host = host[..colon];
        }

        if (host is "*")
            return null;
        if (host.StartsWith("*."))
            host = host[2..];
        foreach (var part in host.Split('.'))
        {
            if (host[part].IsEmpty || host[part].ContainsAnyExcept(CharacterSets.Word))
                return Wanted;
        }

        return null;
    }
}
