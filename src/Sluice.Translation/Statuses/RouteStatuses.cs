using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Statuses;

/// <summary>The statuses in the memo, seen as a dictionary: no second one is needed.</summary>
internal sealed class RouteStatuses<T>(ImmutableDictionary<NamespacedName, T> memos, DictionaryChange? change) : IReadOnlyDictionary<NamespacedName, RouteStatus>, IStatusChanges
    where T : class, IRouteMemo
{
    private readonly ImmutableDictionary<NamespacedName, T> _memos = memos;

    /// <summary>The same instance as before when nothing in it has changed.</summary>
    public static RouteStatuses<T> Of(ImmutableDictionary<NamespacedName, T> memos, IReadOnlyDictionary<NamespacedName, RouteStatus>? before, DictionaryChange? change = null) =>
        before is RouteStatuses<T> same && ReferenceEquals(same._memos, memos) ? same : new RouteStatuses<T>(memos, change);

    public IEnumerable<NamespacedName> Keys => _memos.Keys;

    public IEnumerable<RouteStatus> Values => _memos.Values.Select(memo => memo.Status);

    public int Count => _memos.Count;

    public RouteStatus this[NamespacedName key] => _memos[key].Status;

    public bool ContainsKey(NamespacedName key) => _memos.ContainsKey(key);

    public bool TryGetValue(NamespacedName key, [MaybeNullWhen(false)] out RouteStatus value)
    {
        value = _memos.TryGetValue(key, out var memo) ? memo.Status : null;
        return value is not null;
    }

    public IReadOnlyCollection<NamespacedName>? Since(object before) => before is RouteStatuses<T> other ? change?.Between(other._memos, _memos) : null;

    public IEnumerator<KeyValuePair<NamespacedName, RouteStatus>> GetEnumerator()
    {
        foreach (var (key, memo) in _memos)
            yield return new KeyValuePair<NamespacedName, RouteStatus>(key, memo.Status);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
