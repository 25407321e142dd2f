using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Gateways;

/// <summary>Precedence between the ListenerSets of a Gateway: the older first, then by "namespace/name" (ListenerSet.spec.listeners).</summary>
internal static class ListenerSetOrder
{
    /// <summary>A set without creationTimestamp counts as the youngest.</summary>
    public static int Compare(ListenerSet one, ListenerSet other)
    {
        var age = (one.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue).CompareTo(other.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue);
        return age != 0 ? age : RouteOrder.CompareNames(one.Metadata.Namespace, one.Metadata.Name, other.Metadata.Namespace, other.Metadata.Name);
    }
}
