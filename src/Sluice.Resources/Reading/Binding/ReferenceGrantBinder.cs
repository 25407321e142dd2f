using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class ReferenceGrantBinder
{
    private const int MaxItems = 16;

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "from and to", out var spec))
            return null;
        ReferenceGrantFrom[] from = [];
        ReferenceGrantTo[] to = [];
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "from":
                    from = context.List(field, 1, MaxItems, From);
                    break;
                case "to":
                    to = context.List(field, 1, MaxItems, To);
                    break;
                default:
                    context.Unknown(field, "from to");
                    break;
            }
        }

        ObjectFields.Require(context, spec, "from", "who may refer: a list of group, kind and namespace");
        ObjectFields.Require(context, spec, "to", "what may be referred to: a list of group, kind and, optionally, name");
        return context.Errors > 0 ? null : new ReferenceGrant { Metadata = metadata, From = from, To = to };
    }

    private static ReferenceGrantFrom? From(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null, space = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                case "namespace":
                    space = context.Name(field, Names.Label);
                    break;
                default:
                    context.Unknown(field, "group kind namespace");
                    break;
            }
        }

        ObjectFields.Require(context, node, "group", "the API group of the referring kind, such as \"gateway.networking.k8s.io\"");
        ObjectFields.Require(context, node, "kind", "the referring kind, such as \"HTTPRoute\"");
        ObjectFields.Require(context, node, "namespace", "the namespace of the referring objects");
        return group is null || kind is null || space is null ? null : new ReferenceGrantFrom(group, kind, space);
    }

    private static ReferenceGrantTo? To(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? group = null, kind = null, name = null;
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "group":
                    group = context.Name(field, Names.Group);
                    break;
                case "kind":
                    kind = context.Name(field, Names.Kind);
                    break;
                case "name":
                    name = context.String(field, 1, 253);
                    break;
                default:
                    context.Unknown(field, "group kind name");
                    break;
            }
        }

        ObjectFields.Require(context, node, "group", "the API group of the kind referred to, \"\" for the core group");
        ObjectFields.Require(context, node, "kind", "the kind referred to, such as \"Service\"");
        return group is null || kind is null ? null : new ReferenceGrantTo(group, kind, name);
    }
}
