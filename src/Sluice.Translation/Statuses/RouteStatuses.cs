using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Statuses;

/// <summary>The statuses in the memo, seen as a dictionary: no second one is needed.</summary>
internal sealed class RouteStatuses<T>(ImmutableDictionary<NamespacedName, T> memos) : IReadOnlyDictionary<NamespacedName, RouteStatus>
    where T : class, IRouteMemo
{
    public IEnumerable<NamespacedName> Keys => memos.Keys;

    public IEnumerable<RouteStatus> Values => memos.Values.Select(memo => memo.Status);

    public int Count => memos.Count;

    public RouteStatus this[NamespacedName key] => memos[key].Status;

    public bool ContainsKey(NamespacedName key) => memos.ContainsKey(key);

    public bool TryGetValue(NamespacedName key, [MaybeNullWhen(false)] out RouteStatus value)
    {
        value = memos.TryGetValue(key, out var memo) ? memo.Status : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<NamespacedName, RouteStatus>> GetEnumerator()
    {
        foreach (var (key, memo) in memos)
            yield return new KeyValuePair<NamespacedName, RouteStatus>(key, memo.Status);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
