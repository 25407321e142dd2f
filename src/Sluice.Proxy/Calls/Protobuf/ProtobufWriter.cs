using System.Text;
using System.Text.Unicode;

namespace Sluice.Proxy.Calls.Protobuf;

/// <summary>
/// Writes Protocol Buffers messages into one buffer, which it keeps from message to message. As proto3 has it, numbers that are 0 and
/// texts that are empty are left out.
/// </summary>
public sealed class ProtobufWriter
{
    /// <summary>A larger buffer than this is not kept for the next message.</summary>
    private const int KeptBytes = 64 * 1024;

    private const int MaxVarintBytes = 10;

    private byte[] _buffer = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    public void Clear()
    {
        _length = 0;
        if (_buffer.Length > KeptBytes)
            _buffer = new byte[512];
    }

    /// <summary>Octets that are filled in later, by what comes to stand behind them.</summary>
    public int Reserve(int length)
    {
        Grow(length);
        _length += length;
        return _length - length;
    }

    public Span<byte> At(int start, int length) => _buffer.AsSpan(start, length);

    public void Number(int field, ulong value)
    {
        if (value == 0)
            return;
        Grow(2 * MaxVarintBytes);
        Varint((ulong)field << 3);
        Varint(value);
    }

    /// <summary>int32 and int64.</summary>
    public void Number(int field, long value) => Number(field, (ulong)value);

    public void Flag(int field, bool value) => Number(field, value ? 1UL : 0);

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        if (value.Length == 0)
            return;
        Start(field, value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    /// <summary>A text that came from elsewhere. One that is no UTF-8 would be refused with all of the message: "!" takes the place of what is not ASCII then.</summary>
    public void Text(int field, ReadOnlySpan<byte> value)
    {
        Bytes(field, value);
        if (Utf8.IsValid(value))
            return;
        Span<byte> written = _buffer.AsSpan(_length - value.Length, value.Length);
        for (int i = 0; i < written.Length; i++)
        {
            if (written[i] >= 0x80)
                written[i] = (byte)'!';
        }
    }

    public void Text(int field, string value)
    {
        if (value.Length == 0)
            return;
        int length = Encoding.UTF8.GetByteCount(value);
        Start(field, length);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>Begins a message within the message; an empty one is written too. <see cref="End"/> takes what is returned.</summary>
    public int Begin(int field)
    {
        Grow(2 * MaxVarintBytes);
        Varint(((ulong)field << 3) | (ulong)WireType.LengthDelimited);
        return Reserve(1);
    }

    /// <summary>An entry of a map of texts.</summary>
    public void Entry(int field, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int entry = Begin(field);
        Text(1, key);
        Text(2, value);
        End(entry);
    }

    public void End(int start)
    {
        int content = start + 1;
        int length = _length - content;
        int digits = 1;
        for (int rest = length >> 7; rest != 0; rest >>= 7)
            digits++;
        if (digits > 1)
        {
            Grow(digits);
            _buffer.AsSpan(content, length).CopyTo(_buffer.AsSpan(start + digits));
        }
        _length = start;
        Varint((ulong)length);
        _length += length;
    }

    private void Start(int field, int length)
    {
        Grow((2 * MaxVarintBytes) + length);
        Varint(((ulong)field << 3) | (ulong)WireType.LengthDelimited);
        Varint((ulong)length);
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _buffer[_length++] = (byte)(value | 0x80);
        _buffer[_length++] = (byte)value;
    }

    private void Grow(int more)
    {
        if (_buffer.Length - _length < more)
            Array.Resize(ref _buffer, Math.Max(_length + more, 2 * _buffer.Length));
    }
}
