using System.Diagnostics.CodeAnalysis;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>The spec of a TCPRoute or UDPRoute: the two are alike.</summary>
internal static class PlainRouteBinder
{
    /// <summary>False when something is wrong, which is reported.</summary>
    public static bool Read(BindingContext context, Node root, out ParentReference[] parents, [NotNullWhen(true)] out Layer4RouteRule? rule)
    {
        parents = [];
        rule = null;
        if (!ObjectFields.Spec(context, root, "parentRefs and rules", out var spec))
            return false;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "parentRefs":
                    parents = context.Shared.Parents(RouteBinder.Parents(context, field));
                    break;
                case "rules":
                    break;
                case "useDefaultGateways":
                    RouteBinder.DefaultGateways(context, field);
                    break;
                default:
                    context.Unknown(field, "parentRefs rules useDefaultGateways");
                    break;
            }
        }

        rule = Layer4RuleBinder.Read(context, spec);
        return context.Errors == 0 && rule is not null;
    }
}
