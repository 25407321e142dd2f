namespace Sluice.Configuration.Streaming;

/// <summary>
/// Finds how a list is made of its predecessor. Items are the same when they compare as the same; for most lists that means the
/// same instance. Costs one comparison per item outside of the changed range, and a table of the range itself.
/// </summary>
internal static class ListEdits
{
    /// <summary>The pieces in order; null when there is nothing to do.</summary>
    /// <param name="old">The list before.</param>
    /// <param name="now">The list to make.</param>
    /// <param name="comparer">Says what is the same.</param>
    /// <param name="key">What tells which old item a new one replaces; null when that is of no use.</param>
    public static List<ListEdit>? Find<T>(IReadOnlyList<T> old, IReadOnlyList<T> now, IEqualityComparer<T> comparer, Func<T, string>? key = null)
        where T : class
    {
        if (ReferenceEquals(old, now))
            return null;
        var first = 0;
        while (first < old.Count && first < now.Count && comparer.Equals(old[first], now[first]))
            first++;
        if (first == old.Count && first == now.Count)
            return null;
        var (oldEnd, end) = (old.Count, now.Count);
        while (oldEnd > first && end > first && comparer.Equals(old[oldEnd - 1], now[end - 1]))
            (oldEnd, end) = (oldEnd - 1, end - 1);

        var edits = new List<ListEdit>();
        Take(edits, 0, first, 0);
        var places = Places(old, first, oldEnd, comparer);
        var names = key is null ? null : Names(old, first, oldEnd, key);
        for (var i = first; i < end; i++)
        {
            if (places.TryGetValue(now[i], out var place))
                Take(edits, place, 1, i);
            else
                edits.Add(new ListEdit(names is not null && names.TryGetValue(key!(now[i]), out var replaced) ? replaced : -1, 0, i));
        }

        Take(edits, oldEnd, old.Count - oldEnd, end);
        return edits;
    }

    private static Dictionary<T, int> Places<T>(IReadOnlyList<T> old, int start, int end, IEqualityComparer<T> comparer)
        where T : class
    {
        var places = new Dictionary<T, int>(end - start, comparer);
        for (var i = start; i < end; i++)
            places.TryAdd(old[i], i);
        return places;
    }

    private static Dictionary<string, int> Names<T>(IReadOnlyList<T> old, int start, int end, Func<T, string> key)
    {
        var names = new Dictionary<string, int>(end - start, StringComparer.Ordinal);
        for (var i = start; i < end; i++)
            names.TryAdd(key(old[i]), i);
        return names;
    }

    /// <summary>Takes items over, together with the piece before where they follow it.</summary>
    private static void Take(List<ListEdit> edits, int start, int count, int index)
    {
        if (count == 0)
            return;
        if (edits.Count > 0 && edits[^1] is { IsNew: false } last && last.Start + last.Count == start)
            edits[^1] = last with { Count = last.Count + count };
        else
            edits.Add(new ListEdit(start, count, index));
    }
}
