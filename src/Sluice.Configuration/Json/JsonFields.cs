using System.Globalization;
using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Reads members of JSON objects; errors name the member and what was expected.</summary>
internal static class JsonFields
{
    public static string Text(this JsonElement element, string name) => element.OptionalText(name) ?? throw Missing(name);

    public static string? OptionalText(this JsonElement element, string name)
    {
        if (!Find(element, name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string");
    }

    public static int Number(this JsonElement element, string name) => element.OptionalNumber(name) ?? throw Missing(name);

    public static int? OptionalNumber(this JsonElement element, string name)
    {
        if (!Find(element, name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a whole number");
    }

    /// <summary>An absent flag is false.</summary>
    public static bool Flag(this JsonElement element, string name)
    {
        if (!Find(element, name, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");
    }

    public static TimeSpan? OptionalTime(this JsonElement element, string name)
    {
        if (element.OptionalText(name) is not { } text)
            return null;
        return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? time : throw Wrong(name, "a time such as 00:00:05");
    }

    public static JsonElement Member(this JsonElement element, string name) => element.OptionalMember(name) ?? throw Missing(name);

    public static JsonElement? OptionalMember(this JsonElement element, string name)
    {
        if (!Find(element, name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Object ? value : throw Wrong(name, "an object");
    }

    /// <summary>A member of any kind.</summary>
    public static JsonElement? OptionalElement(this JsonElement element, string name) => Find(element, name, out var value) ? value : null;

    /// <summary>An absent list is an empty one.</summary>
    public static T[] List<T>(this JsonElement element, string name, Func<JsonElement, T> read)
    {
        if (!Find(element, name, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(name, "a list");
        var items = new T[value.GetArrayLength()];
        var position = 0;
        foreach (var item in value.EnumerateArray())
            items[position++] = read(item);
        return items;
    }

    /// <summary>A list of whole numbers; an absent one is empty.</summary>
    public static int[] Numbers(this JsonElement element, string name) =>
        element.List(name, item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var number) ? number : throw Wrong(name, "a list of whole numbers"));

    /// <summary>A list of strings; an absent one is empty.</summary>
    public static string[] Texts(this JsonElement element, string name) =>
        element.List(name, item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "a list of strings"));

    /// <summary>A list of strings, or null when it is absent.</summary>
    public static string[]? OptionalTexts(this JsonElement element, string name) => Find(element, name, out _) ? element.Texts(name) : null;

    /// <summary>Octets in base64.</summary>
    public static byte[] Bytes(this JsonElement element, string name) =>
        Find(element, name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? bytes : throw Wrong(name, "base64");

    public static T Choice<T>(this JsonElement element, string name, T? fallback = null)
        where T : struct, Enum
    {
        if (element.OptionalText(name) is not { } text)
            return fallback ?? throw Missing(name);
        return Enum.TryParse<T>(text, out var choice) && Enum.IsDefined(choice) ? choice : throw Wrong(name, $"one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    public static JsonException Wrong(string name, string expected) => new($"\"{name}\" must be {expected}");

    private static JsonException Missing(string name) => new($"\"{name}\" is missing");

    private static bool Find(JsonElement element, string name, out JsonElement value)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new JsonException($"an object with \"{name}\" was expected, not {element.ValueKind}");
        return element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
