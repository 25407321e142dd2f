using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>spec.rules of a TLSRoute, TCPRoute or UDPRoute: exactly one.</summary>
internal static class Layer4RuleBinder
{
    private const string Needed = "a list of one rule with backendRefs";

    /// <summary>The rule; null when it is missing or wrong, which is reported.</summary>
    public static Layer4RouteRule? Read(BindingContext context, Node spec)
    {
        if (!spec.TryGet("rules", out var list))
        {
            context.Missing(spec, "rules", Needed);
            return null;
        }

        // v1alpha2 allowed up to 16 rules without saying which of them a connection would take; v1 has one.
        if (list.Kind == NodeKind.Sequence && list.Count > 1)
        {
            context.Error(list, $"must have exactly 1 item, has {Describe.Number(list.Count)}: nothing tells which rule a connection belongs to; put the backends of all into one");
            return null;
        }

        var rules = context.List(list, 1, 1, Rule);
        return rules.Length == 1 ? rules[0] : null;
    }

    private static Layer4RouteRule? Rule(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? name = null;
        BackendRef[] backends = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "name":
                    name = context.Name(field, Names.Subdomain);
                    break;
                case "backendRefs":
                    backends = context.List(field, 1, 16, Backend);
                    break;
                default:
                    context.Unknown(field, "name backendRefs");
                    break;
            }
        }

        ObjectFields.Require(context, node, "backendRefs", "a list of at least one backend");
        return new Layer4RouteRule { Name = name, BackendRefs = backends };
    }

    private static BackendRef? Backend(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        var reference = default(BackendReference);
        int? weight = null;
        foreach (var field in node)
        {
            if (References.BackendField(context, field, ref reference))
                continue;
            if (field.Key == "weight")
                weight = context.Integer(field, 0, 1_000_000);
            else
                context.Unknown(field, "group kind name namespace port weight");
        }

        References.CheckBackend(context, node, reference);
        if (reference.Name is null)
            return null;
        return new BackendRef
        {
            Group = reference.Group ?? "",
            Kind = reference.Kind ?? "Service",
            Name = reference.Name,
            Namespace = reference.Namespace,
            Port = reference.Port,
            Weight = weight ?? 1,
        };
    }
}
