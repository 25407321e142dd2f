using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sluice.Configuration.Streaming;

/// <summary>
/// Collects instances, each once, in the order in which they come. The table that finds them again is rented: among thousands of
/// items one changes at a time, and a set for each change would be garbage of the long-lived kind.
/// </summary>
internal sealed class DistinctItems<T> : IDisposable
    where T : class
{
    private readonly List<T> _items;
    private int[] _slots; // Positions from 1; 0 is free.
    private int _mask;

    /// <param name="expected">How many there will be, roughly.</param>
    public DistinctItems(int expected)
    {
        _items = new List<T>(expected + 16);
        _slots = [];
        Resize(expected + 16);
    }

    public int Count => _items.Count;

    /// <summary>Where the item is in the list, to which it is added unless it is there.</summary>
    public int Add(T item)
    {
        ref var slot = ref Slot(item);
        if (slot != 0)
            return slot - 1;
        _items.Add(item);
        slot = _items.Count;
        if (2 * _items.Count > _mask)
            Resize(2 * _items.Count);
        return _items.Count - 1;
    }

    public T[] ToArray() => [.. _items];

    public void Dispose() => ArrayPool<int>.Shared.Return(_slots);

    /// <summary>Where it is, else the free place where it would be.</summary>
    private ref int Slot(T item)
    {
        for (var i = RuntimeHelpers.GetHashCode(item); ; i++)
        {
            ref var slot = ref _slots[i & _mask];
            if (slot == 0 || ReferenceEquals(_items[slot - 1], item))
                return ref slot;
        }
    }

    private void Resize(int items)
    {
        var old = _slots;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * items));
        _slots = ArrayPool<int>.Shared.Rent(size);
        _slots.AsSpan(0, size).Clear();
        _mask = size - 1;
        for (var i = 0; i < _items.Count; i++)
            Slot(_items[i]) = i + 1;
        if (old.Length > 0)
            ArrayPool<int>.Shared.Return(old);
    }
}
