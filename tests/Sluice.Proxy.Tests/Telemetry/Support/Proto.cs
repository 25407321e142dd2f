using System.Buffers.Binary;
using System.Text;

namespace Sluice.Proxy.Tests.Telemetry.Support;

/// <summary>A message of Protocol Buffers as its fields, read without any description. Throws for what is no message.</summary>
internal sealed class Proto
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public Proto(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref message), []));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    _fields.Add((field, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    public bool Has(int field) => _fields.Exists(one => one.Field == field);

    public ulong Number(int field) => _fields.Single(one => one.Field == field).Number;

    public byte[] Bytes(int field) => _fields.Single(one => one.Field == field).Bytes;

    public string Text(int field) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes(field));

    public Proto Message(int field) => new(Bytes(field));

    public IEnumerable<Proto> Messages(int field) => _fields.Where(one => one.Field == field).Select(one => new Proto(one.Bytes));

    /// <summary>KeyValues as texts; numbers in digits.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2)));

    private static string Value(Proto any) =>
        any.Has(1) ? any.Text(1) :
        any.Has(3) ? ((long)any.Number(3)).ToString(System.Globalization.CultureInfo.InvariantCulture) :
        any.Has(6) ? string.Join(";", any.Message(6).Attributes(1).Select(pair => $"{pair.Key}={pair.Value}")) :
        any.Has(5) ? $"[{string.Join(",", any.Message(5).Messages(1).Select(Value))}]" : "?";

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var i = 0; i < 10; i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
            if (message[i] >= 0x80)
                continue;
            message = message[(i + 1)..];
            return value;
        }

        throw new InvalidDataException("a varint is too long");
    }
}
