using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>requestHeaderModifier and responseHeaderModifier.</summary>
internal static class HeaderModifierBinder
{
    private const int MaxItems = 16;

    public static HttpHeaderFilter? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        HttpHeader[] set = [], add = [];
        string[] remove = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "set":
                    set = context.List(field, 0, MaxItems, Header);
                    UniqueNames.Check(context, field);
                    break;
                case "add":
                    add = context.List(field, 0, MaxItems, Header);
                    UniqueNames.Check(context, field);
                    break;
                case "remove":
                    remove = context.List(field, 0, MaxItems, static (c, item) => c.String(item));
                    UniqueNames.CheckStrings(context, field);
                    break;
                default:
                    context.Unknown(field, "set add remove");
                    break;
            }
        }

        return new HttpHeaderFilter { Set = set, Add = add, Remove = remove };
    }

    private static HttpHeader? Header(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null, value = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Names.HeaderName, 256);
                    break;
                case "value":
                    value = context.String(field, 1, 4096);
                    if (value is not null && HasControls(value))
                        context.MustBe(field, "a header value without control characters and line breaks (RFC 9110 section 5.5)");
                    break;
                default:
                    context.Unknown(field, "name value");
                    break;
            }
        }

        ObjectFields.Require(context, node, "name", "the header's name");
        ObjectFields.Require(context, node, "value", "the header's value");
        return name is null || value is null ? null : new HttpHeader(name, value);
    }

    private static bool HasControls(string value)
    {
        foreach (var c in value)
        {
            if (c is (< ' ' and not '\t') or '\x7f')
                return true;
        }

        return false;
    }
}
