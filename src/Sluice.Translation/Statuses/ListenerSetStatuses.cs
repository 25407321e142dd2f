using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Statuses;

/// <summary>The statuses of all ListenerSets, from one translation to the next.</summary>
/// <param name="All">Shares with the one before what did not change; the very instance of before when nothing did.</param>
/// <param name="Change">How it came to be of the one before; null when that is not known.</param>
internal sealed record ListenerSetStatuses(ImmutableDictionary<NamespacedName, ListenerSetStatus> All, DictionaryChange? Change)
{
    public static readonly ListenerSetStatuses Empty = new(ImmutableDictionary<NamespacedName, ListenerSetStatus>.Empty, null);

    /// <param name="gone">Sets that are no longer of any Gateway of ours.</param>
    /// <param name="restated">Sets whose status was built anew.</param>
    public ListenerSetStatuses With(IEnumerable<NamespacedName> gone, IEnumerable<ListenerOwner> restated)
    {
        var builder = All.ToBuilder();
        var changed = new List<NamespacedName>();
        foreach (var name in gone)
        {
            if (builder.Remove(name))
                changed.Add(name);
        }
        foreach (var set in restated)
        {
            builder[set.Key.Name] = set.Status!;
            changed.Add(set.Key.Name);
        }
        var all = builder.ToImmutable();
        return new ListenerSetStatuses(all, changed.Count <= DictionaryChange.MostKeys ? new DictionaryChange(All, all, changed) : null);
    }
}
