using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Json;

/// <summary>
/// Reads application/vnd.kubernetes.protobuf, which kubectl's create commands send, into JSON. Kinds and fields that are not in
/// <see cref="ProtobufTables"/> are refused by name or number, never passed over.
/// </summary>
internal static class ProtobufReading
{
    private const int MaxDepth = 32;

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <exception cref="ApiException">400: not such a message; 415: of a kind, or with a field, that is not taken in this form.</exception>
    public static JsonObject ParseObject(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
            throw Broken();
        string apiVersion = "", kind = "";
        ReadOnlySpan<byte> raw = default;
        var reader = new Wire(body[Magic.Length..]);
        while (reader.Next(out var number))
        {
            switch (number)
            {
                case 1:
                    var type = new Wire(reader.Bytes());
                    while (type.Next(out var part))
                    {
                        var text = Encoding.UTF8.GetString(type.Bytes());
                        (apiVersion, kind) = part == 1 ? (text, kind) : (apiVersion, text);
                    }

                    break;
                case 2:
                    raw = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (ProtobufTables.Of(kind) is null)
            throw ApiException.UnsupportedMediaType($"{kind} is not taken as application/vnd.kubernetes.protobuf: send application/json");
        var value = Message(raw, kind, 0);
        value["apiVersion"] = apiVersion;
        value["kind"] = kind;
        return value;
    }

    private static JsonObject Message(ReadOnlySpan<byte> bytes, string message, int depth)
    {
        if (depth > MaxDepth)
            throw Broken();
        var fields = ProtobufTables.Of(message)!;
        var value = new JsonObject();
        var reader = new Wire(bytes);
        while (reader.Next(out var number))
        {
            if (!fields.TryGetValue(number, out var field))
                throw ApiException.UnsupportedMediaType($"field {number.ToString(CultureInfo.InvariantCulture)} of {message} is not taken as application/vnd.kubernetes.protobuf: send application/json");
            if (field.Type.StartsWith("[]", StringComparison.Ordinal))
            {
                if (!value.TryGetPropertyValue(field.Name, out var list))
                    value[field.Name] = list = new JsonArray();
                var item = Value(ref reader, field.Type[2..], depth);
                ((JsonArray)list!).Add(item ?? JsonValue.Create(""));
            }
            else if (field.Type is "map" or "bytesmap")
            {
                Entry(reader.Bytes(), value.Child(field.Name), field.Type == "bytesmap");
            }
            else if (Value(ref reader, field.Type, depth) is { } single)
            {
                value[field.Name] = single;
            }
        }

        return value;
    }

    /// <summary>Null for what JSON leaves out.</summary>
    private static JsonNode? Value(ref Wire reader, string type, int depth)
    {
        switch (type)
        {
            case "-":
                reader.Skip();
                return null;
            case "string":
                return Text(reader.Bytes()) is { Length: > 0 } text ? JsonValue.Create(text) : null;
            case "int":
                return reader.Number() is var count and not 0 ? JsonValue.Create(count) : null;
            case "int?":
                return JsonValue.Create(reader.Number());
            case "bool":
                return reader.Number() != 0 ? JsonValue.Create(true) : null;
            case "bool?":
                return JsonValue.Create(reader.Number() != 0);
            case "intorstring":
                return IntOrString(reader.Bytes());
            case "time":
                return Time(reader.Bytes());
            default:
                return Message(reader.Bytes(), type, depth + 1);
        }
    }

    private static void Entry(ReadOnlySpan<byte> bytes, JsonObject map, bool isBinary)
    {
        var key = "";
        ReadOnlySpan<byte> value = default;
        var reader = new Wire(bytes);
        while (reader.Next(out var number))
        {
            if (number == 1)
                key = Text(reader.Bytes());
            else
                value = reader.Bytes();
        }

        map[key] = isBinary ? Convert.ToBase64String(value) : Text(value);
    }

    private static JsonNode? IntOrString(ReadOnlySpan<byte> bytes)
    {
        long type = 0, number = 0;
        var text = "";
        var reader = new Wire(bytes);
        while (reader.Next(out var field))
        {
            switch (field)
            {
                case 1:
                    type = reader.Number();
                    break;
                case 2:
                    number = reader.Number();
                    break;
                default:
                    text = Text(reader.Bytes());
                    break;
            }
        }

        return type == 1 ? JsonValue.Create(text) : JsonValue.Create(number);
    }

    private static JsonValue? Time(ReadOnlySpan<byte> bytes)
    {
        long? seconds = null;
        var reader = new Wire(bytes);
        while (reader.Next(out var field))
        {
            if (field == 1)
                seconds = reader.Number();
            else
                reader.Skip();
        }

        return seconds is >= -62_135_596_800 and <= 253_402_300_799 ? JsonValue.Create(Writing.MetadataPreparation.Time(DateTimeOffset.FromUnixTimeSeconds(seconds.Value))) : null;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            throw Broken();
        return Encoding.UTF8.GetString(bytes);
    }

    private static ApiException Broken() => ApiException.BadRequest("the body is not valid application/vnd.kubernetes.protobuf");

    /// <summary>Protobuf's wire format.</summary>
    private ref struct Wire(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;
        private int _type;

        public bool Next(out int number)
        {
            number = 0;
            if (_rest.IsEmpty)
                return false;
            var tag = Varint();
            number = (int)Math.Min(tag >> 3, int.MaxValue);
            _type = (int)(tag & 7);
            return true;
        }

        public long Number() => _type == 0 ? (long)Varint() : throw Broken();

        public ReadOnlySpan<byte> Bytes()
        {
            if (_type != 2)
                throw Broken();
            var length = Varint();
            if (length > (ulong)_rest.Length)
                throw Broken();
            var value = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return value;
        }

        public void Skip()
        {
            switch (_type)
            {
                case 0:
                    Varint();
                    break;
                case 1:
                    Fixed(sizeof(ulong));
                    break;
                case 2:
                    Bytes();
                    break;
                case 5:
                    Fixed(sizeof(uint));
                    break;
                default:
                    throw Broken();
            }
        }

        private void Fixed(int length) => _rest = length <= _rest.Length ? _rest[length..] : throw Broken();

        private ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; shift < 64 && !_rest.IsEmpty; shift += 7)
            {
                var part = _rest[0];
                _rest = _rest[1..];
                value |= (ulong)(part & 0x7f) << shift;
                if (part < 0x80)
                    return value;
            }

            throw Broken();
        }
    }
}
