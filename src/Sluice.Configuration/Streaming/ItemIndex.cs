namespace Sluice.Configuration.Streaming;

/// <summary>Where an instance stands in a list. Most updates ask for one or two: a table of thousands is only made for those that ask for more.</summary>
internal sealed class ItemIndex<T>(IReadOnlyList<T> items)
    where T : class
{
    /// <summary>Questions that are answered by looking through the list.</summary>
    private const int Searches = 16;

    private Dictionary<T, int>? _indexes;
    private int _asked;

    /// <exception cref="KeyNotFoundException">It is not in the list.</exception>
    public int Of(T item)
    {
        if (_indexes is null && Interlocked.Increment(ref _asked) <= Searches)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (ReferenceEquals(items[i], item))
                    return i;
            }
        }

        return (_indexes ??= Make())[item];
    }

    private Dictionary<T, int> Make()
    {
        var indexes = new Dictionary<T, int>(items.Count, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < items.Count; i++)
            indexes.Add(items[i], i);
        return indexes;
    }
}
