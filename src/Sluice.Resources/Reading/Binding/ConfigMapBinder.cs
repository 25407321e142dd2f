using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class ConfigMapBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        ObjectFields.Known(context, root, "data binaryData immutable");
        var data = ObjectMeta.EmptyMap;
        if (root.TryGet("data", out var node))
        {
            data = context.Map(node, null, null);
            foreach (var field in node)
                CheckKey(context, field);
        }

        if (root.TryGet("immutable", out var immutable))
            context.Boolean(immutable);
        return context.Errors > 0 ? null : new ConfigMap { Metadata = metadata, Data = data };
    }

    /// <summary>Keys of ConfigMaps and Secrets.</summary>
    public static void CheckKey(BindingContext context, Node field)
    {
        var key = field.Key;
        if (key.Length is 0 or > 253 || key is "." || key.StartsWith("..", StringComparison.Ordinal) || key.AsSpan().ContainsAnyExcept(CharacterSets.LabelValue))
            context.Error(field, "the key must be 1 to 253 letters, digits, '-', '_' and '.', and not start with \"..\"");
    }
}
