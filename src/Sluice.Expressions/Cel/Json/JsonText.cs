using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Expressions.Cel;

/// <summary>Values as JSON text. <c>charge</c>: told of bytes before they are written; false ends it.</summary>
internal sealed class JsonText(Func<long, bool> charge, bool isIndented = false)
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public bool IsExhausted { get; private set; }

    /// <summary>False when a value has no JSON, or too much is written.</summary>
    public bool TryWrite(in CelValue value)
    {
        // What HTML needs escaped need not be here; what JSON needs is.
        using var writer = new Utf8JsonWriter(_output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = isIndented, MaxDepth = 1000 });
        return TryWrite(writer, value, 0);
    }

    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    private bool TryWrite(Utf8JsonWriter writer, in CelValue value, int depth)
    {
        if (!charge(16 + (value.Kind is CelKind.String or CelKind.Bytes ? value.Length : 0)) || depth > 200)
        {
            IsExhausted = true;
            return false;
        }
        switch (value.Kind)
        {
            case CelKind.Null or CelKind.Absent:
                writer.WriteNullValue();
                return true;
            case CelKind.Bool:
                writer.WriteBooleanValue(value.IsTrue);
                return true;
            case CelKind.Int:
                writer.WriteNumberValue(value.AsInt);
                return true;
            case CelKind.UInt:
                writer.WriteNumberValue(value.AsUInt);
                return true;
            case CelKind.Double:
                WriteNumber(writer, value.AsDouble);
                return true;
            case CelKind.String:
                writer.WriteStringValue(Printable(value));
                return true;
            case CelKind.Bytes:
                writer.WriteBase64StringValue(value.Span);
                return true;
            case CelKind.Timestamp or CelKind.Duration or CelKind.Ip or CelKind.Cidr or CelKind.Type:
                writer.WriteStringValue(CelText.Describe(value));
                return true;
            case CelKind.List:
                return TryWrite(writer, value.List, depth);
            case CelKind.Map:
                return TryWrite(writer, value.Map, depth);
            default:
                return false;
        }
    }

    private bool TryWrite(Utf8JsonWriter writer, CelList list, int depth)
    {
        writer.WriteStartArray();
        for (var i = 0; i < list.Count; i++)
        {
            if (!TryWrite(writer, list[i], depth + 1))
                return false;
        }
        writer.WriteEndArray();
        return true;
    }

    private bool TryWrite(Utf8JsonWriter writer, CelMap map, int depth)
    {
        writer.WriteStartObject();
        for (var i = 0; i < map.Count; i++)
        {
            var key = map.KeyAt(i);
            if (key.Kind == CelKind.String)
                writer.WritePropertyName(Printable(key));
            else
                writer.WritePropertyName(CelText.Describe(key).TrimEnd('u'));
            if (!TryWrite(writer, map.ValueAt(i), depth + 1))
                return false;
        }
        writer.WriteEndObject();
        return true;
    }

    // JSON has no infinities; whole numbers keep their ".0", so that they are doubles again when read.
    private static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
            writer.WriteNullValue();
        else if (number == Math.Truncate(number) && Math.Abs(number) < 1e15)
            writer.WriteRawValue(number.ToString("0.0", CultureInfo.InvariantCulture));
        else
            writer.WriteNumberValue(number);
    }

    // The writer refuses what is no UTF-8; each such octet becomes U+FFFD.
    private static ReadOnlySpan<byte> Printable(in CelValue text) =>
        System.Text.Unicode.Utf8.IsValid(text.Span) ? text.Span : System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(text.Span));
}
