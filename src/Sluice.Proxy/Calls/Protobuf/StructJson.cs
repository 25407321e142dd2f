using System.Buffers;
using System.Text.Json;

namespace Sluice.Proxy.Calls.Protobuf;

/// <summary>google.protobuf.Struct, which is JSON written as a message, as JSON.</summary>
internal static class StructJson
{
    /// <summary>Structs and lists within each other.</summary>
    private const int MaxDepth = 32;

    /// <summary>Null when the message is none, or too deep.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        if (!TryWriteStruct(writer, message, MaxDepth))
            return null;
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static bool TryWriteStruct(Utf8JsonWriter writer, ReadOnlySpan<byte> message, int depth)
    {
        writer.WriteStartObject();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader is { Field: 1, Type: WireType.LengthDelimited } && !TryWriteEntry(writer, reader.Bytes, depth))
                return false;
        }
        writer.WriteEndObject();
        return !reader.IsBroken;
    }

    private static bool TryWriteEntry(Utf8JsonWriter writer, ReadOnlySpan<byte> message, int depth)
    {
        ReadOnlySpan<byte> key = default, value = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == 1)
                key = reader.Bytes;
            else if (reader.Field == 2)
                value = reader.Bytes;
        }
        if (reader.IsBroken || !System.Text.Unicode.Utf8.IsValid(key))
            return false;
        writer.WritePropertyName(key);
        return TryWriteValue(writer, value, depth);
    }

    // Value: null_value 1, number_value 2, string_value 3, bool_value 4, struct_value 5, list_value 6; the last that is there counts.
    private static bool TryWriteValue(Utf8JsonWriter writer, ReadOnlySpan<byte> message, int depth)
    {
        int kind = 1;
        ulong number = 0;
        ReadOnlySpan<byte> bytes = default;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field is < 1 or > 6)
                continue;
            kind = reader.Field;
            number = reader.Number;
            bytes = reader.Bytes;
        }
        if (reader.IsBroken)
            return false;
        switch (kind)
        {
            case 2 when double.IsFinite(BitConverter.UInt64BitsToDouble(number)):
                writer.WriteNumberValue(BitConverter.UInt64BitsToDouble(number));
                return true;
            case 3 when System.Text.Unicode.Utf8.IsValid(bytes):
                writer.WriteStringValue(bytes);
                return true;
            case 4:
                writer.WriteBooleanValue(number != 0);
                return true;
            case 5 when depth > 0:
                return TryWriteStruct(writer, bytes, depth - 1);
            case 6 when depth > 0:
                return TryWriteList(writer, bytes, depth - 1);
            case 1:
                writer.WriteNullValue();
                return true;
            default:
                return false;
        }
    }

    private static bool TryWriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> message, int depth)
    {
        writer.WriteStartArray();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader is { Field: 1, Type: WireType.LengthDelimited } && !TryWriteValue(writer, reader.Bytes, depth))
                return false;
        }
        writer.WriteEndArray();
        return !reader.IsBroken;
    }
}
