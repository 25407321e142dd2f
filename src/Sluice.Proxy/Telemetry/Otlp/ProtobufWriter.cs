using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>
/// Writes messages of Protocol Buffers into a span. The length of a message that holds others is not known before they are written:
/// it takes four bytes in any case, of which those that are not needed are zeroes (a varint may be longer than it must).
/// </summary>
internal ref struct ProtobufWriter(Span<byte> space)
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Delimited = 2;
    private const int FourBytes = 5;
    private const int LengthBytes = 4;

    private readonly Span<byte> _space = space;
    private int _position;

    public readonly int Length => _position;

    /// <summary>It did not fit; what was written is of no use.</summary>
    public bool IsFull { get; private set; }

    public readonly Span<byte> Free => _space[_position..];

    public readonly void CopyTo(Span<byte> target) => _space[.._position].CopyTo(target);

    /// <summary>Begins a message, or text that is written piece by piece; <see cref="End"/> follows with what this returns.</summary>
    public int Begin(int field)
    {
        Tag(field, Delimited);
        var start = _position;
        if (_space.Length - _position < LengthBytes)
            IsFull = true;
        else
            _position += LengthBytes;
        return start;
    }

    public void End(int start)
    {
        if (IsFull)
            return;
        var length = (uint)(_position - start - LengthBytes);
        for (var i = 0; i < LengthBytes; i++, length >>= 7)
            _space[start + i] = (byte)((length & 0x7f) | (i < LengthBytes - 1 ? 0x80u : 0));
    }

    public void Number(int field, long value)
    {
        Tag(field, Varint);
        WriteVarint((ulong)value);
    }

    public void Fixed64(int field, ulong value)
    {
        Tag(field, EightBytes);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Raw(bytes);
    }

    public void Fixed32(int field, uint value)
    {
        Tag(field, FourBytes);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Raw(bytes);
    }

    /// <summary>Eight octets, the highest first.</summary>
    public void BigEndian(int field, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Bytes(field, bytes);
    }

    public void Bytes(int field, scoped ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        WriteVarint((ulong)value.Length);
        Raw(value);
    }

    /// <summary>Text, which must be UTF-8: what is none becomes U+FFFD.</summary>
    public void Text(int field, scoped ReadOnlySpan<byte> value)
    {
        if (Utf8.IsValid(value))
        {
            Bytes(field, value);
            return;
        }

        var start = Begin(field);
        RawText(value);
        End(start);
    }

    /// <summary>As it is, between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(_space[_position..]))
            _position += bytes.Length;
        else
            IsFull = true;
    }

    /// <summary>As <see cref="Raw"/>, but what is no UTF-8 becomes U+FFFD.</summary>
    public void RawText(scoped ReadOnlySpan<byte> value)
    {
        if (Utf8.IsValid(value))
        {
            Raw(value);
            return;
        }

        while (value.Length > 0 && !IsFull)
        {
            var status = Rune.DecodeFromUtf8(value, out _, out var length);
            Raw(status == OperationStatus.Done ? value[..length] : "\ufffd"u8);
            value = value[length..];
        }
    }

    /// <summary>Bytes that were written into <see cref="Free"/>.</summary>
    public void Advance(int count) => _position += count;

    public void NoteFull() => IsFull = true;

    private void Tag(int field, int type) => WriteVarint((ulong)((field << 3) | type));

    private void WriteVarint(ulong value)
    {
        if (_space.Length - _position < 10)
        {
            IsFull = true;
            return;
        }

        for (; value >= 0x80; value >>= 7)
            _space[_position++] = (byte)(value | 0x80);
        _space[_position++] = (byte)value;
    }
}
