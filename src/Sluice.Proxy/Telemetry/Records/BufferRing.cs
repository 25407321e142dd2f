namespace Sluice.Proxy.Telemetry.Records;

/// <summary>A bounded queue between exactly one thread that adds and one that takes. Nobody waits for anybody.</summary>
internal sealed class BufferRing(int capacity)
{
    private readonly RecordBuffer?[] _items = new RecordBuffer?[capacity];
    private long _head; // Written by the one that adds.
    private long _tail; // Written by the one that takes.

    public bool IsEmpty => Volatile.Read(ref _head) == Volatile.Read(ref _tail);

    public bool TryAdd(RecordBuffer buffer)
    {
        var head = _head;
        if (head - Volatile.Read(ref _tail) == _items.Length)
            return false;
        _items[head % _items.Length] = buffer;
        Volatile.Write(ref _head, head + 1);
        return true;
    }

    public RecordBuffer? TryTake()
    {
        var tail = _tail;
        if (tail == Volatile.Read(ref _head))
            return null;
        ref var item = ref _items[tail % _items.Length];
        var buffer = item;
        item = null;
        Volatile.Write(ref _tail, tail + 1);
        return buffer;
    }
}
