using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Http2.Hpack;

/// <summary>
/// Field blocks of one peer (RFC 7541), one field line after the other. Every block must be read to its end, whatever becomes of
/// its message: the dynamic table is shared by all of them.
/// </summary>
/// <param name="tableSize">The SETTINGS_HEADER_TABLE_SIZE that the peer was told; 4096 until it was told anything.</param>
internal struct HpackDecoder(int tableSize)
{
    private HpackDynamicTable _table = new(tableSize);
    private bool _fieldSeen;

    /// <summary>Size of what the peer has made us remember.</summary>
    public readonly int TableSize => _table.Size;

    /// <summary>Room that the output must have for a block of so many bytes, beside what is kept of it.</summary>
    public static int MaxLiteralBytes(int blockLength) => HuffmanCode.MaxDecoded(blockLength) + 64;

    /// <summary>Before the first field of a block.</summary>
    public void Begin() => _fieldSeen = false;

    /// <summary>Forgets everything; the peer is gone.</summary>
    public void Clear(BufferPool pool)
    {
        _table.Clear(pool);
        _table.Resize(pool, tableSize);
    }

    /// <summary>
    /// Decodes the next field line to <paramref name="output"/> from <paramref name="used"/> on. With <paramref name="skip"/>,
    /// nothing but the table is kept up to date: the field has no meaning then, and repetitions of what the table has cost nothing.
    /// </summary>
    public HpackStatus Next(BufferPool pool, ReadOnlySpan<byte> block, ref int position, Span<byte> output, ref int used, bool skip, out HpackField field)
    {
        field = default;
        while (position < block.Length)
        {
            var octet = block[position];
            if ((octet & 0x80) != 0)
            {
                _fieldSeen = true;
                return HpackInteger.TryRead(block, ref position, 7, out var index) && TryCopy(index, output, ref used, skip, withValue: true, ref field)
                    ? HpackStatus.Field
                    : HpackStatus.Failed;
            }

            if ((octet & 0xe0) != 0x20)
            {
                _fieldSeen = true;
                return TryReadLiteral(pool, block, ref position, output, ref used, skip, ref field) ? HpackStatus.Field : HpackStatus.Failed;
            }

            // A size update may only stand in front of the fields (RFC 7541 4.2).
            if (_fieldSeen || !HpackInteger.TryRead(block, ref position, 5, out var size) || size > tableSize)
                return HpackStatus.Failed;
            _table.Resize(pool, size);
        }

        return HpackStatus.End;
    }

    private bool TryReadLiteral(BufferPool pool, ReadOnlySpan<byte> block, ref int position, Span<byte> output, ref int used, bool skip, ref HpackField field)
    {
        var isIndexed = (block[position] & 0x40) != 0;
        field.NeverIndexed = (block[position] & 0xf0) == 0x10;
        if (!HpackInteger.TryRead(block, ref position, isIndexed ? 6 : 4, out var index))
            return false;
        if (index == 0)
        {
            field.NameOffset = used;
            if (!TryReadString(block, ref position, output, ref used, out field.NameLength))
                return false;
        }
        else if (!TryCopy(index, output, ref used, skip && !isIndexed, withValue: false, ref field))
        {
            return false;
        }

        field.ValueOffset = used;
        if (!TryReadString(block, ref position, output, ref used, out field.ValueLength))
            return false;
        if (isIndexed)
            _table.Add(pool, output.Slice(field.NameOffset, field.NameLength), output.Slice(field.ValueOffset, field.ValueLength), field.StaticName);
        return true;
    }

    private static bool TryReadString(ReadOnlySpan<byte> block, ref int position, Span<byte> output, ref int used, out int length)
    {
        length = 0;
        if (position == block.Length)
            return false;
        var isCoded = (block[position] & 0x80) != 0;
        if (!HpackInteger.TryRead(block, ref position, 7, out var codedLength) || codedLength > block.Length - position)
            return false;
        var coded = block.Slice(position, codedLength);
        position += codedLength;
        if (isCoded)
        {
            length = HuffmanCode.Decode(coded, output[used..]);
            if (length < 0)
                return false;
        }
        else
        {
            coded.CopyTo(output[used..]);
            length = codedLength;
        }

        used += length;
        return true;
    }

    private readonly bool TryCopy(int index, Span<byte> output, ref int used, bool skip, bool withValue, ref HpackField field)
    {
        ReadOnlySpan<byte> name, value;
        if (index is > 0 and <= HpackStaticTable.Count)
        {
            name = HpackStaticTable.Name(index);
            value = HpackStaticTable.Value(index);
            field.StaticName = HpackStaticTable.FirstIndex(index);
        }
        else if (index > 0 && index - HpackStaticTable.Count <= _table.Count)
        {
            _table.Get(index - HpackStaticTable.Count - 1, out name, out value, out field.StaticName);
        }
        else
        {
            return false;
        }

        if (skip)
            return true;
        field.NameOffset = used;
        field.NameLength = name.Length;
        name.CopyTo(output[used..]);
        used += name.Length;
        if (withValue)
        {
            field.ValueOffset = used;
            field.ValueLength = value.Length;
            value.CopyTo(output[used..]);
            used += value.Length;
        }

        return true;
    }
}
