using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal static class ListenerSetBinder
{
    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        if (!ObjectFields.Spec(context, root, "parentRef and listeners", out var spec))
            return null;
        ParentReference? parent = null;
        GatewayListener[] listeners = [];
        foreach (var field in spec)
        {
            switch (field.Key)
            {
                case "parentRef":
                    parent = References.ParentGateway(context, field);
                    break;
                case "listeners":
                    listeners = context.List(field, 1, ListenerBinder.MaxListeners, ListenerBinder.Read);
                    ListenerBinder.CheckUnique(context, field, "ListenerSet");
                    break;
                default:
                    context.Unknown(field, "parentRef listeners");
                    break;
            }
        }

        ObjectFields.Require(context, spec, "parentRef", "the Gateway that the listeners are for");
        ObjectFields.Require(context, spec, "listeners", "a list of at least one listener with name, port and protocol");
        return context.Errors > 0 || parent is null ? null : new ListenerSet { Metadata = metadata, ParentRef = parent, Listeners = listeners };
    }
}
