using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Json;

/// <summary>Compact JSON with the keys of every object in order: equal values have equal bytes.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A buffer that one large object made longer than this is dropped after it.</summary>
    private const int KeptBytes = 1 << 18;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    public static byte[] Serialize(JsonNode? value)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer = t_writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        Write(writer, value);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > KeptBytes)
            (t_buffer, t_writer) = (null, null);
        return bytes;
    }

    public static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject map:
                WriteObject(writer, map);
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonObject map)
    {
        writer.WriteStartObject();
        var count = map.Count;
        var keys = ArrayPool<string>.Shared.Rent(count);
        var at = 0;
        foreach (var (key, _) in map)
            keys[at++] = key;
        Array.Sort(keys, 0, count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            writer.WritePropertyName(keys[i]);
            Write(writer, map[keys[i]]);
        }

        ArrayPool<string>.Shared.Return(keys, clearArray: true);
        writer.WriteEndObject();
    }
}
