using System.Text.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>Makes a list of its predecessor and the pieces that come: pairs of start and count, and new items.</summary>
internal sealed class ListBuilder<T>(IReadOnlyList<T> old)
{
    private readonly List<T> _items = new(old.Count);

    /// <summary>The list before.</summary>
    public IReadOnlyList<T> Old => old;

    public IReadOnlyList<T> Items => _items;

    public T[] ToArray() => [.. _items];

    /// <exception cref="StreamFormatException">A piece names items that the list before does not have.</exception>
    public void Add(JsonElement pieces, Func<JsonElement, T> read)
    {
        foreach (var piece in pieces.EnumerateArray())
        {
            if (piece.ValueKind != JsonValueKind.Array)
            {
                _items.Add(read(piece));
                continue;
            }

            if (piece.GetArrayLength() != 2 || !piece[0].TryGetInt32(out var start) || !piece[1].TryGetInt32(out var count)
                || start < 0 || count < 1 || count > old.Count - start)
                throw new StreamFormatException($"a list takes over {piece.GetRawText()} (first, count) of one that has {old.Count} items");
            if (old is T[] items)
            {
                // In one go: mostly it is thousands.
                _items.AddRange(new ArraySegment<T>(items, start, count));
                continue;
            }

            for (var i = start; i < start + count; i++)
                _items.Add(old[i]);
        }
    }
}
