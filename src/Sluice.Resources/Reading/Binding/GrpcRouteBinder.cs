using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class GrpcRouteBinder
{
    private const int MaxRules = 16;

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "parentRefs, hostnames and rules", out var spec))
            return null;
        ParentReference[] parents = [];
        string[] hostnames = [];
        GrpcRouteRule[] rules = [];
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
                case "rules":
                    rules = context.List(field, 0, MaxRules, GrpcRuleBinder.Read);
                    RouteBinder.CheckRules(context, field, rules.Sum(rule => rule.Matches.Count));
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
        return new GrpcRoute { Metadata = metadata, ParentRefs = context.Shared.Parents(parents), Hostnames = context.Shared.Strings(hostnames), Rules = rules };
    }
}
