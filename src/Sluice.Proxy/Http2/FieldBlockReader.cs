using Sluice.Proxy.Engine;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Http2;

/// <summary>
/// Decodes field blocks into one buffer of the worker, up to the limit of a head. What exceeds it is still read for the sake of
/// the dynamic table, at the cost of the block's own bytes: repeating a large entry a thousand times costs nothing.
/// </summary>
internal sealed unsafe class FieldBlockReader
{
    private const int LargestEntry = 4096;

    /// <summary>Bytes of kept fields behind which there is still room for the largest block.</summary>
    private const int KeptBytes = 16 * 1024;

    private readonly byte[] _buffer;
    private readonly byte* _pointer;
    private readonly int _limit;
    private int _kept;
    private int _used;
    private int _position;
    private bool _skips;

    /// <param name="limit">Largest field list, counted as RFC 9113 6.5.2 does.</param>
    public FieldBlockReader(int limit)
    {
        _limit = limit;
        var largest = (2 * limit) + (2 * LargestEntry) + HpackDecoder.MaxLiteralBytes(MaxBlock(limit));
        _buffer = GC.AllocateUninitializedArray<byte>(KeptBytes + largest, pinned: true);
        _pointer = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, 0);
    }

    /// <summary>What the offsets of fields are relative to.</summary>
    public byte* Pointer => _pointer;

    /// <summary>The list was longer than the limit; its fields were not all given.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Of the block that was read last, as RFC 9113 6.5.2 counts; what was skipped does not count.</summary>
    public int ListSize { get; private set; }

    /// <summary>Bytes of a block that are read at all, for lists of a limit.</summary>
    public static int MaxBlock(int limit) => Math.Max(2 * limit, Frames.FrameHeader.DefaultMaxLength);

    /// <summary>Whether what was read may be kept while another block is read.</summary>
    public bool HasRoom => _kept <= KeptBytes;

    /// <summary>Leaves the fields that were read where they are until <see cref="DropKept"/>.</summary>
    public void Keep() => _kept = _used;

    public void DropKept() => _kept = 0;

    public void Begin(ref HpackDecoder decoder)
    {
        decoder.Begin();
        _used = _kept;
        ListSize = _position = 0;
        _skips = IsTooLarge = false;
    }

    /// <summary>The rest of the block is not wanted; it must be read to its end all the same.</summary>
    public void Skip() => _skips = true;

    /// <summary>The next field, unless the rest is skipped; then the block's end.</summary>
    public HpackStatus Next(BufferPool pool, ref HpackDecoder decoder, ReadOnlySpan<byte> block, out HpackField field)
    {
        while (true)
        {
            var before = _used;
            var status = decoder.Next(pool, block, ref _position, _buffer, ref _used, _skips, out field);
            if (status != HpackStatus.Field)
                return status;
            if (!_skips)
            {
                ListSize += field.Size;
                if (ListSize <= _limit)
                    return HpackStatus.Field;
                _skips = IsTooLarge = true;
            }

            _used = before;
        }
    }

    /// <summary>Takes back the bytes of the field that was read last.</summary>
    public void Drop(in HpackField field) => _used = field.NameOffset;

    public ReadOnlySpan<byte> Get(int offset, int length) => new(_pointer + offset, length);

    public Span<byte> Edit(int offset, int length) => new(_pointer + offset, length);

    /// <summary>Puts bytes behind the fields, and returns where they are. At most as many as the limit.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var offset = _used;
        bytes.CopyTo(_buffer.AsSpan(offset));
        _used += bytes.Length;
        return offset;
    }
}
