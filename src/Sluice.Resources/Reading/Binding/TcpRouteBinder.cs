using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class TcpRouteBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!PlainRouteBinder.Read(context, root, out var parents, out var rule))
            return null;
        return new TcpRoute { Metadata = metadata, ParentRefs = parents, Rule = rule };
    }
}
