using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>Objects with all their values as text, to compare.</summary>
internal static class ObjectText
{
    private const int MaxDepth = 20;

    public static string Of(object value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        Assert.True(depth < MaxDepth);
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or ValueType and IFormattable or bool:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case JsonElement json:
                text.Append(json.GetRawText());
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Append(text, item, depth + 1);
                    text.Append(", ");
                }

                text.Append(']');
                break;
            default:
                text.Append(value.GetType().Name).Append('{');
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && property.Name != "Source"))
                {
                    text.Append(property.Name).Append('=');
                    Append(text, property.GetValue(value), depth + 1);
                    text.Append(", ");
                }

                text.Append('}');
                break;
        }
    }
}
