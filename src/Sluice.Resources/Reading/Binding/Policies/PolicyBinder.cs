using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads kinds that are described by their schema alone: first everything is checked by it, then the fields are read.</summary>
internal static class PolicyBinder
{
    /// <summary>A binder for <see cref="KindInfo"/>.</summary>
    /// <param name="schema">Of spec; asked for with the first object.</param>
    /// <param name="read">Reads spec; the names are those of its fields that stand there, targets left out.</param>
    public static Func<BindingContext, ObjectMeta, Node, KubernetesObject?> Of(Func<SchemaNode> schema, Func<PolicyNode, ObjectMeta, IReadOnlyList<string>, KubernetesObject> read) =>
        (context, metadata, root) =>
        {
            if (!ObjectFields.Spec(context, root, "what the object says", out var spec))
                return null;
            var shape = schema();
            SchemaCheck.Check(context, shape, spec);
            return context.Errors > 0 ? null : read(new PolicyNode(context, shape, spec), metadata, FieldsOf(shape, spec));
        };

    /// <summary>A part of an object that is read by hand otherwise; null when it is null, or wrong, which is reported.</summary>
    public static T? Part<T>(BindingContext context, Node node, SchemaNode schema, Func<PolicyNode, T> read)
        where T : class
    {
        var errors = context.Errors;
        SchemaCheck.Check(context, schema, node);
        return node.IsNull || context.Errors > errors ? null : read(new PolicyNode(context, schema, node));
    }

    private static List<string> FieldsOf(SchemaNode schema, Node spec)
    {
        var names = new List<string>();
        foreach (var field in spec)
        {
            if (!field.IsNull && field.Key is not ("targetRefs" or "targetSelectors") && schema.Properties.ContainsKey(field.Key))
                names.Add(field.Key);
        }

        return names;
    }
}
