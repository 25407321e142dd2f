using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>Which namespaces may attach: from, and a label selector.</summary>
internal static class NamespacesBinder
{
    public static (FromNamespaces From, LabelSelector? Selector) Read(BindingContext context, Node node, string words, FromNamespaces absent)
    {
        if (!context.Mapping(node))
            return (absent, null);
        var from = absent;
        LabelSelector? selector = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "from":
                    from = context.Word(field, words) switch
                    {
                        "All" => FromNamespaces.All,
                        "Selector" => FromNamespaces.Selector,
                        "Same" => FromNamespaces.Same,
                        "None" => FromNamespaces.None,
                        _ => absent,
                    };
                    break;
                case "selector":
                    selector = LabelSelectorBinder.Read(context, field);
                    break;
                default:
                    context.Unknown(field, "from selector");
                    break;
            }
        }

        if (from == FromNamespaces.Selector && selector is null)
            context.Missing(node, "selector", "from is Selector; an empty selector, {}, selects every namespace");
        else if (from != FromNamespaces.Selector && selector is not null && node.TryGet("selector", out var unused))
            context.Warning(unused, $"has no effect while from is {from}: set from to Selector");
        return (from, selector);
    }
}
