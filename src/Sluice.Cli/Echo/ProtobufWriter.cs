using System.Buffers;
using System.Text;

namespace Sluice.Cli.Echo;

/// <summary>Length-delimited protobuf fields, all that the gRPC echo needs.</summary>
internal sealed class ProtobufWriter
{
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>An empty string is the default and is left out.</summary>
    public void String(int field, string value)
    {
        if (value.Length > 0)
            Message(field, Encoding.UTF8.GetBytes(value));
    }

    public void Message(int field, ReadOnlySpan<byte> value)
    {
        Varint((uint)(field << 3 | LengthDelimited));
        Varint((uint)value.Length);
        _buffer.Write(value);
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    private void Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
            _buffer.Write([(byte)(value | 0x80)]);
        _buffer.Write([(byte)value]);
    }
}
