using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Writing;

/// <summary>
/// Writes JSON values as block-style YAML, the way people write manifests. Every reader gets the same values back: a string that
/// any version of YAML would take for something else is quoted.
/// </summary>
public static class YamlWriter
{
    /// <summary>One document, ended by a line break and without a marker.</summary>
    public static string Write(JsonNode value)
    {
        var text = new StringBuilder();
        WriteValue(text, value, 0);
        return text.ToString();
    }

    /// <summary>Documents of one file, each after the first begun by a marker.</summary>
    public static string WriteAll(IEnumerable<JsonNode> documents) => string.Join("---\n", documents.Select(Write));

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } fields:
                foreach (var (key, child) in fields)
                {
                    text.Append(' ', indent);
                    WriteField(text, key, child, indent);
                }

                break;
            case JsonArray { Count: > 0 } items:
                foreach (var item in items)
                    WriteItem(text, item, indent);
                break;
            default:
                text.Append(' ', indent).Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void WriteField(StringBuilder text, string key, JsonNode? value, int indent)
    {
        text.Append(YamlText.Of(key)).Append(':');
        switch (value)
        {
            case JsonObject { Count: > 0 }:
                text.Append('\n');
                WriteValue(text, value, indent + 2);
                break;
            case JsonArray { Count: > 0 }:
                text.Append('\n');
                WriteValue(text, value, indent);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, JsonNode? item, int indent)
    {
        text.Append(' ', indent).Append('-');
        if (item is JsonObject { Count: > 0 } fields)
        {
            text.Append(' ');
            var first = true;
            foreach (var (key, child) in fields)
            {
                if (!first)
                    text.Append(' ', indent + 2);
                first = false;
                WriteField(text, key, child, indent + 2);
            }
        }
        else if (item is JsonArray { Count: > 0 })
        {
            text.Append('\n');
            WriteValue(text, item, indent + 2);
        }
        else
        {
            text.Append(' ').Append(Scalar(item)).Append('\n');
        }
    }

    private static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => YamlText.Of(value.GetValue<string>()),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToJsonString(),
        },
    };
}
