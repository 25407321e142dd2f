using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>The cors filter: checked by the CRD's rules.</summary>
internal static class CorsBinder
{
    private const string Methods = "GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH, *";

    public static void Check(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "allowOrigins":
                    Set(context, field, 64, static (c, item) => c.Name(item, Origin));
                    break;
                case "allowMethods":
                    Set(context, field, 9, static (c, item) => c.Word(item, Methods));
                    break;
                case "allowHeaders":
                    Set(context, field, 64, static (c, item) => c.Name(item, Names.HeaderName, 256));
                    break;
                case "exposeHeaders":
                    context.List(field, 0, 64, static (c, item) => c.Name(item, Names.HeaderName, 256));
                    UniqueNames.CheckStrings(context, field);
                    break;
                case "allowCredentials":
                    context.Boolean(field);
                    break;
                case "maxAge":
                    context.Integer(field, 1, int.MaxValue);
                    break;
                default:
                    context.Unknown(field, "allowOrigins allowMethods allowHeaders exposeHeaders allowCredentials maxAge");
                    break;
            }
        }
    }

    /// <summary>Different strings, of which "*" stands alone.</summary>
    private static void Set(BindingContext context, Node node, int max, Func<BindingContext, Node, string?> read)
    {
        var values = context.List(node, 0, max, read);
        UniqueNames.CheckStrings(context, node);
        if (values.Length > 1 && Array.IndexOf(values, "*") >= 0)
            context.Error(node, "must not have other items beside \"*\"");
    }

    private static string? Origin(string value)
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
