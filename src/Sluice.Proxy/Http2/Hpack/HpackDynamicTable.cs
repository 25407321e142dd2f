using System.Runtime.InteropServices;
using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Http2.Hpack;

/// <summary>
/// The fields that one peer has told to remember (RFC 7541 2.3.2), newest first. No memory while it is empty; then one buffer
/// of the worker's pool that grows with what is in it: bytes from its front, one slot per entry from its end.
///
/// At most 64 KiB. A slot takes eight bytes and the size of an entry counts 32 (RFC 7541 4.1), so that the buffer never needs more than the
/// table's maximum size. When both ends meet, what is still alive moves to the front.
/// </summary>
internal unsafe struct HpackDynamicTable(int maxSize)
{
    /// <summary>Size that an entry counts beside its name and value (RFC 7541 4.1).</summary>
    public const int EntryOverhead = 32;

    private const int FirstCapacity = 512;

    private byte* _buffer;
    private int _capacity;
    private int _start;
    private int _end;

    /// <summary>Slots from the buffer's end on: the oldest entry that is alive, and one behind the newest.</summary>
    private int _oldest;
    private int _next;

    /// <summary>What the entries count together.</summary>
    public int Size { get; private set; }

    public int MaxSize { get; private set; } = maxSize;

    public readonly int Count => _next - _oldest;

    /// <summary>The entry of an index, 0 for the newest.</summary>
    public readonly void Get(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out int staticName)
    {
        var slot = *SlotAt(_next - 1 - index);
        name = new ReadOnlySpan<byte>(_buffer + slot.Offset, slot.NameLength);
        value = new ReadOnlySpan<byte>(_buffer + slot.Offset + slot.NameLength, slot.ValueLength);
        staticName = slot.StaticName;
    }

    /// <summary>Changes the maximum size, evicting what no longer fits (RFC 7541 4.3).</summary>
    public void Resize(BufferPool pool, int maxSize)
    {
        MaxSize = maxSize;
        Evict(pool, maxSize);
    }

    /// <summary>
    /// Adds an entry, evicting older ones; one that is larger than the table empties it (RFC 7541 4.4). The spans must not lie in
    /// the table. The static name is the first index of the name in the static table, or 0.
    /// </summary>
    public void Add(BufferPool pool, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, int staticName)
    {
        var size = name.Length + value.Length + EntryOverhead;
        if (size > MaxSize)
        {
            Evict(pool, 0);
            return;
        }

        Evict(pool, MaxSize - size);
        MakeRoom(pool, name.Length + value.Length);
        *SlotAt(_next) = new Slot
        {
            Offset = (ushort)_end,
            NameLength = (ushort)name.Length,
            ValueLength = (ushort)value.Length,
            StaticName = (ushort)staticName,
        };
        name.CopyTo(new Span<byte>(_buffer + _end, name.Length));
        value.CopyTo(new Span<byte>(_buffer + _end + name.Length, value.Length));
        _next++;
        _end += name.Length + value.Length;
        Size += size;
    }

    public void Clear(BufferPool pool) => Evict(pool, 0);

    private void Evict(BufferPool pool, int allowed)
    {
        while (Size > allowed)
        {
            var slot = *SlotAt(_oldest++);
            Size -= slot.NameLength + slot.ValueLength + EntryOverhead;
            _start += slot.NameLength + slot.ValueLength;
        }

        if (Size == 0 && _buffer != null)
        {
            pool.Return(_buffer, _capacity);
            _buffer = null;
            _capacity = _start = _end = _oldest = _next = 0;
        }
    }

    private void MakeRoom(BufferPool pool, int bytes)
    {
        var slots = (_next + 1) * sizeof(Slot);
        if (_end + bytes + slots <= _capacity)
            return;

        var live = _end - _start;
        var liveSlots = Count * sizeof(Slot);
        var needed = live + liveSlots + bytes + sizeof(Slot);
        var old = this;
        if (needed > _capacity)
        {
            _capacity = Math.Max(FirstCapacity, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed));
            _buffer = pool.Rent(_capacity);
        }

        // Bytes move towards the front, slots towards the end: neither overwrites the other.
        var count = Count;
        var to = (Slot*)(_buffer + _capacity);
        var from = (Slot*)(old._buffer + old._capacity);
        for (var i = 0; i < count; i++)
        {
            var slot = from[-1 - (old._oldest + i)];
            slot.Offset = (ushort)(slot.Offset - old._start);
            to[-1 - i] = slot;
        }

        if (live > 0)
            Buffer.MemoryCopy(old._buffer + old._start, _buffer, _capacity, live);
        if (old._buffer != null && old._buffer != _buffer)
            pool.Return(old._buffer, old._capacity);
        _start = 0;
        _end = live;
        _oldest = 0;
        _next = count;
    }

    private readonly Slot* SlotAt(int number) => (Slot*)(_buffer + _capacity) - 1 - number;

    [StructLayout(LayoutKind.Sequential)]
    private struct Slot
    {
        public ushort Offset;
        public ushort NameLength;
        public ushort ValueLength;
        public ushort StaticName;
    }
}
