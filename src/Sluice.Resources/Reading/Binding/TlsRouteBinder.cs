using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class TlsRouteBinder
{
    private const int MaxHostnames = 1024;
    private const string Fields = "parentRefs hostnames rules useDefaultGateways";

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "parentRefs, hostnames and rules", out var spec))
            return null;
        ParentReference[] parents = [];
        string[] hostnames = [];
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "parentRefs":
                    parents = RouteBinder.Parents(context, field);
                    break;
                case "hostnames":
                    hostnames = context.List(field, IsAlpha2(root) ? 0 : 1, MaxHostnames, static (c, item) => c.Name(item, Names.ServerName));
                    break;
                case "rules":
                    break;
                case "useDefaultGateways":
                    RouteBinder.DefaultGateways(context, field);
                    break;
                default:
                    context.Unknown(field, Fields);
                    break;
            }
        }

        if (!IsAlpha2(root))
            ObjectFields.Require(context, spec, "hostnames", "a list of at least one server name, such as \"example.com\" or \"*.example.com\"");
        var rule = Layer4RuleBinder.Read(context, spec);
        if (context.Errors > 0 || rule is null)
            return null;
        return new TlsRoute { Metadata = metadata, ParentRefs = context.Shared.Parents(parents), Hostnames = context.Shared.Strings(hostnames), Rule = rule };
    }

    // v1alpha2 alone allows a route without hostnames.
    private static bool IsAlpha2(Node root) =>
        root.TryGet("apiVersion", out var version) && version.Text.EndsWith("/v1alpha2", StringComparison.Ordinal);
}
