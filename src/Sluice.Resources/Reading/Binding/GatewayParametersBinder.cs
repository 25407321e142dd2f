using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class GatewayParametersBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        ObjectFields.Known(context, root, "spec");
        return context.Errors > 0 ? null : new GatewayParameters { Metadata = metadata };
    }
}
