using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class NamespaceBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        ObjectFields.Known(context, root, "spec");
        if (root.TryGet("spec", out var spec) && context.Mapping(spec))
        {
            foreach (var field in spec)
            {
                if (field.Key != "finalizers")
                    context.Unknown(field, "finalizers");
            }
        }

        return context.Errors > 0 ? null : new Namespace { Metadata = metadata };
    }
}
