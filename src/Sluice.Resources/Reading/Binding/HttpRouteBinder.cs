using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class HttpRouteBinder
{
    private const int MaxRules = 16;

    private static readonly HttpRouteRule[] DefaultRules = [new()];

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "parentRefs, hostnames and rules", out var spec))
            return null;
        ParentReference[] parents = [];
        string[] hostnames = [];
        var rules = DefaultRules;
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "parentRefs":
                    parents = RouteBinder.Parents(context, field);
                    break;
                case "hostnames":
                    hostnames = RouteBinder.Hostnames(context, field);
                    break;
                case "rules" when !field.IsNull:
                    rules = context.List(field, 1, MaxRules, HttpRuleBinder.Read);
                    RouteBinder.CheckRules(context, field, rules.Sum(rule => rule.Matches.Count));
                    break;
                case "rules":
                    break;
                case "useDefaultGateways":
                    RouteBinder.DefaultGateways(context, field);
                    break;
                default:
                    context.Unknown(field, "parentRefs hostnames rules useDefaultGateways");
                    break;
            }
        }

        if (context.Errors > 0)
            return null;
        return new HttpRoute { Metadata = metadata, ParentRefs = context.Shared.Parents(parents), Hostnames = context.Shared.Strings(hostnames), Rules = rules };
    }
}
