using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Statuses;

/// <summary>The statuses of all ListenerSets, from one translation to the next.</summary>
/// <param name="All">Shares with the one before what did not change; the very instance of before when nothing did.</param>
/// <param name="Changed">Whose status is another than before, or that have come or gone.</param>
internal sealed record ListenerSetStatuses(ImmutableDictionary<NamespacedName, ListenerSetStatus> All, IReadOnlyList<NamespacedName> Changed)
{
    public static readonly ListenerSetStatuses Empty = new(ImmutableDictionary<NamespacedName, ListenerSetStatus>.Empty, []);

    /// <param name="gone">Sets that are no longer of any Gateway of ours.</param>
    /// <param name="restated">Sets whose status was built anew.</param>
    public ListenerSetStatuses With(IEnumerable<NamespacedName> gone, IEnumerable<ListenerOwner> restated)
    {
        var all = All.ToBuilder();
        var changed = new List<NamespacedName>();
        foreach (var name in gone)
        {
            if (all.Remove(name))
                changed.Add(name);
        }
        foreach (var set in restated)
        {
            all[set.Key.Name] = set.Status!;
            changed.Add(set.Key.Name);
        }
        return new ListenerSetStatuses(all.ToImmutable(), changed);
    }
}
