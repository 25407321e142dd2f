using System.Text;
using System.Text.Json;

namespace Sluice.Translation.Tests.Support;

/// <summary>JSON for reviews: what fits on a line stands on one.</summary>
internal static class ReadableJson
{
    private const int Width = 150;

    public static string Format(JsonElement element)
    {
        var text = new StringBuilder();
        Append(text, element, 0, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element, int indent, int used)
    {
        var raw = element.GetRawText();
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || raw.Length + indent + used <= Width)
        {
            text.Append(raw);
            return;
        }
        var isObject = element.ValueKind == JsonValueKind.Object;
        text.Append(isObject ? '{' : '[');
        var first = true;
        if (isObject)
        {
            foreach (var property in element.EnumerateObject())
            {
                StartLine(text, indent + 2, ref first);
                text.Append('"').Append(property.Name).Append("\": ");
                Append(text, property.Value, indent + 2, property.Name.Length + 4);
            }
        }
        else
        {
            foreach (var item in element.EnumerateArray())
            {
                StartLine(text, indent + 2, ref first);
                Append(text, item, indent + 2, 0);
            }
        }
        text.Append('\n').Append(' ', indent).Append(isObject ? '}' : ']');
    }

    private static void StartLine(StringBuilder text, int indent, ref bool first)
    {
        text.Append(first ? "\n" : ",\n").Append(' ', indent);
        first = false;
    }
}
