using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>requestRedirect and urlRewrite.</summary>
internal static class RedirectBinder
{
    private const string StatusCodes = "301, 302, 303, 307 or 308";

    public static HttpRequestRedirect? Redirect(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? scheme = null, hostname = null;
        HttpPathModifier? path = null;
        int? port = null, status = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "scheme":
                    scheme = context.Word(field, "http, https");
                    break;
                case "hostname":
                    hostname = context.Name(field, Names.PreciseHostname);
                    break;
                case "path":
                    path = Path(context, field);
                    break;
                case "port":
                    port = context.Port(field);
                    break;
                case "statusCode":
                    status = context.Integer(field, 301, 308, StatusCodes);
                    if (status is 304 or 305 or 306)
                        context.MustBe(field, StatusCodes);
                    break;
                default:
                    context.Unknown(field, "scheme hostname path port statusCode");
                    break;
            }
        }

        return new HttpRequestRedirect { Scheme = scheme, Hostname = hostname, Path = path, Port = port, StatusCode = status ?? 302 };
    }

    public static HttpUrlRewrite? Rewrite(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? hostname = null;
        HttpPathModifier? path = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "hostname":
                    hostname = context.Name(field, Names.PreciseHostname);
                    break;
                case "path":
                    path = Path(context, field);
                    break;
                default:
                    context.Unknown(field, "hostname path");
                    break;
            }
        }

        return new HttpUrlRewrite(hostname, path);
    }

    private static HttpPathModifier? Path(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? type = null, full = null, prefix = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "type":
                    type = context.Word(field, "ReplaceFullPath, ReplacePrefixMatch");
                    break;
                case "replaceFullPath":
                    full = Replacement(context, field);
                    break;
                case "replacePrefixMatch":
                    prefix = Replacement(context, field);
                    break;
                default:
                    context.Unknown(field, "type replaceFullPath replacePrefixMatch");
                    break;
            }
        }

        ObjectFields.Require(context, node, "type", "ReplaceFullPath or ReplacePrefixMatch");
        if (type is null)
            return null;
        var (wanted, other) = type == "ReplaceFullPath" ? ("replaceFullPath", "replacePrefixMatch") : ("replacePrefixMatch", "replaceFullPath");
        ObjectFields.Require(context, node, wanted, $"the replacement, when type is {type}");
        if (node.TryGet(other, out var wrong))
            context.Error(wrong, $"must not stand here when type is {type}: use {wanted}");
        return new HttpPathModifier(type, (type == "ReplaceFullPath" ? full : prefix) ?? "");
    }

    /// <summary>Goes into a request line or a Location header: a control character or a space would break out of it.</summary>
    private static string? Replacement(BindingContext context, Node node)
    {
        var value = context.String(node, 0, 1024);
        if (value is null || !value.AsSpan().ContainsAnyInRange('\0', ' '))
            return value;
        context.MustBe(node, "a path without spaces and control characters");
        return null;
    }
}
