using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Statuses;

/// <summary>Tells what people wait for from what may be collected: the numbers of attached routes and ListenerSets.</summary>
internal static class StatusUrgency
{
    /// <summary>Whether two statuses differ in nothing but such numbers.</summary>
    public static bool OnlyCounts(object? before, object? after) => (before, after) switch
    {
        (GatewayStatus one, GatewayStatus other) => one.IsAwaited == other.IsAwaited && one.Addresses.SequenceEqual(other.Addresses) && one.Conditions.SequenceEqual(other.Conditions) && OnlyCounts(one.Listeners, other.Listeners),
        (ListenerSetStatus one, ListenerSetStatus other) => one.IsAwaited == other.IsAwaited && one.Conditions.SequenceEqual(other.Conditions) && OnlyCounts(one.Listeners, other.Listeners),
        _ => false,
    };

    private static bool OnlyCounts(IReadOnlyList<ListenerStatus> before, IReadOnlyList<ListenerStatus> after)
    {
        if (before.Count != after.Count)
            return false;
        for (var i = 0; i < before.Count; i++)
        {
            var (one, other) = (before[i], after[i]);
            if (one.Name != other.Name || !one.SupportedKinds.SequenceEqual(other.SupportedKinds) || !one.Conditions.SequenceEqual(other.Conditions))
                return false;
        }
        return true;
    }
}
