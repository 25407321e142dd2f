using System.Buffers.Binary;

namespace Sluice.Proxy.Calls.Protobuf;

/// <summary>
/// Reads the fields of a Protocol Buffers message one after the other, where they lie. Whoever reads takes the fields that it knows and
/// passes over the others. A message that is none ends early, and says so (<see cref="IsBroken"/>).
/// </summary>
public ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The message cannot be read to its end. To be asked after <see cref="Read"/> has said false.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Number of the field that was read last.</summary>
    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>Its value, unless it is <see cref="WireType.LengthDelimited"/>.</summary>
    public ulong Number { get; private set; }

    /// <summary>Its value: text, bytes, a message, or packed numbers.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly bool Flag => Number != 0;

    /// <summary>Reads the next field; false at the end of the message, and of what can be read of it.</summary>
    public bool Read()
    {
        if (_rest.Length == 0 || IsBroken)
            return false;
        if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > int.MaxValue)
            return Break();
        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        Number = 0;
        Bytes = default;
        switch (Type)
        {
            case WireType.Varint:
                if (!TryReadVarint(out ulong number))
                    return Break();
                Number = number;
                return true;
            case WireType.Fixed64 when _rest.Length >= sizeof(ulong):
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[sizeof(ulong)..];
                return true;
            case WireType.Fixed32 when _rest.Length >= sizeof(uint):
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[sizeof(uint)..];
                return true;
            case WireType.LengthDelimited:
                if (!TryReadVarint(out ulong length) || length > (ulong)_rest.Length)
                    return Break();
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                return Break();
        }
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < MaxVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }
}
