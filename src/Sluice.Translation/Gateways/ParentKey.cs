using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Gateways;

/// <summary>What routes name as their parent: a Gateway or a ListenerSet.</summary>
internal readonly record struct ParentKey(bool IsSet, NamespacedName Name)
{
    public static ParentKey Of(Gateway gateway) => new(false, gateway.Key);

    public static ParentKey Of(ListenerSet set) => new(true, set.Key);

    /// <summary>Null when the parent is of another kind.</summary>
    public static ParentKey? Of(Route route, ParentReference parent)
    {
        if (parent.Group != GatewayApiGroup.Name || parent.Kind is not ("Gateway" or "ListenerSet"))
            return null;
        return new ParentKey(parent.Kind == "ListenerSet", new NamespacedName(parent.Namespace ?? route.Metadata.Namespace, parent.Name));
    }
}
