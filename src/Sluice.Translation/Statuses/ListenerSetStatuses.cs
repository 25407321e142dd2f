using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Statuses;

/// <summary>The statuses of all ListenerSets, as a dictionary that shares with the one before what did not change.</summary>
internal static class ListenerSetStatuses
{
    /// <returns>The very instance of before when every status is.</returns>
    public static ImmutableDictionary<NamespacedName, ListenerSetStatus> Of(ImmutableDictionary<NamespacedName, ListenerSetStatus> before, IEnumerable<GatewayState> gateways)
    {
        var current = before.ToBuilder();
        var count = 0;
        foreach (var gateway in gateways)
        {
            foreach (var set in gateway.Sets)
            {
                count++;
                if (!before.TryGetValue(set.Key.Name, out var status) || !ReferenceEquals(status, set.Status))
                    current[set.Key.Name] = set.Status!;
            }
        }
        if (count < current.Count)
            current.RemoveRange(before.Keys.Except(gateways.SelectMany(gateway => gateway.SetNames)));
        return current.ToImmutable();
    }
}
