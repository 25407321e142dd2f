using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>What the binders of all kinds do with the fields of an object.</summary>
internal static class ObjectFields
{
    /// <summary>Finds spec and reports unknown fields beside it. False when there is no spec, which is reported as the lack of a required field.</summary>
    public static bool Spec(BindingContext context, Node root, string required, out Node spec)
    {
        Known(context, root, "spec");
        if (root.TryGet("spec", out spec))
            return context.Mapping(spec);
        context.Missing(root, "spec", $"it holds {required}");
        return false;
    }

    /// <summary>Reports fields at the top of an object other than the usual and the named ones (separated by spaces).</summary>
    public static void Known(BindingContext context, Node root, string own)
    {
        foreach (var field in root)
        {
            if (field.Key is "apiVersion" or "kind" or "metadata" or "status")
                continue;
            var found = false;
            foreach (var range in own.AsSpan().Split(' '))
                found |= own.AsSpan(range).SequenceEqual(field.Key);
            if (!found)
                context.Unknown(field, own.Length == 0 ? "apiVersion kind metadata status" : $"apiVersion kind metadata {own} status");
        }
    }

    /// <summary>Reports a field that is absent or null; a wrong value was reported where it was read.</summary>
    public static void Require(BindingContext context, Node mapping, string field, string what)
    {
        if (mapping.Kind == NodeKind.Mapping && !mapping.TryGet(field, out _))
            context.Missing(mapping, field, what);
    }
}
