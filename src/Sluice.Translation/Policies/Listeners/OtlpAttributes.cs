using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Attributes of log records: values[]{key, value{stringValue|arrayValue|kvListValue}}, as OTLP has them, made into a JSON object of formats.</summary>
internal static class OtlpAttributes
{
    private const int MaxDepth = 8;

    /// <summary>Null when they cannot be used, which is reported.</summary>
    public static string? Compile(JsonElement? attributes, bool only, IPolicySurroundings surroundings, string field)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            var names = new HashSet<string>(StringComparer.Ordinal);
            if (attributes is { } given && !TryWriteList(writer, given, names, surroundings, field, 1))
                return null;
            if (!only)
            {
                using var defaults = JsonDocument.Parse(OtlpLogSink.DefaultAttributes);
                foreach (var member in defaults.RootElement.EnumerateObject().Where(member => !names.Contains(member.Name)))
                    member.WriteTo(writer);
            }
            writer.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        try
        {
            JsonFormatParser.Parse(text);
            return text;
        }
        catch (LogFormatException error)
        {
            surroundings.Problem(field, error.Message);
            return null;
        }
    }

    private static bool TryWriteList(Utf8JsonWriter writer, JsonElement owner, HashSet<string> names, IPolicySurroundings surroundings, string field, int depth)
    {
        if (owner.ValueKind != JsonValueKind.Object || !owner.TryGetProperty("values", out var values) || values.ValueKind != JsonValueKind.Array)
            return Wrong(surroundings, field, "must have values, a list of key and value");
        var i = 0;
        foreach (var item in values.EnumerateArray())
        {
            var place = $"{field}.values[{i++}]";
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("key", out var key) || key.ValueKind != JsonValueKind.String || !item.TryGetProperty("value", out var value))
                return Wrong(surroundings, place, "must have key and value");
            if (!names.Add(key.GetString()!))
                return Wrong(surroundings, place, $"the key \"{key.GetString()}\" is there twice");
            writer.WritePropertyName(key.GetString()!);
            if (!TryWriteValue(writer, value, surroundings, $"{place}.value", depth))
                return false;
        }
        return true;
    }

    private static bool TryWriteValue(Utf8JsonWriter writer, JsonElement value, IPolicySurroundings surroundings, string field, int depth)
    {
        if (depth > MaxDepth)
            return Wrong(surroundings, field, $"is nested more than {MaxDepth} deep");
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("stringValue", out var text) && text.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue(text.GetString());
            return true;
        }
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("kvListValue", out var members))
        {
            writer.WriteStartObject();
            var isWhole = TryWriteList(writer, members, new HashSet<string>(StringComparer.Ordinal), surroundings, $"{field}.kvListValue", depth + 1);
            if (isWhole)
                writer.WriteEndObject();
            return isWhole;
        }
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("arrayValue", out var list) || list.ValueKind != JsonValueKind.Array)
            return Wrong(surroundings, field, "must have one of stringValue, arrayValue and kvListValue");
        writer.WriteStartArray();
        foreach (var item in list.EnumerateArray())
        {
            if (!TryWriteValue(writer, item, surroundings, $"{field}.arrayValue", depth + 1))
                return false;
        }
        writer.WriteEndArray();
        return true;
    }

    private static bool Wrong(IPolicySurroundings surroundings, string field, string message)
    {
        surroundings.Problem(field, message);
        return false;
    }
}
