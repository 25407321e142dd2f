using System.Buffers.Text;
using System.Text.Json;

namespace Sluice.ApiServer.Json;

/// <summary>Looks single values up in the bytes of a stored object without making nodes of it.</summary>
internal static class JsonProbe
{
    /// <summary>A scalar's text; null when it is absent, null, or no scalar. Booleans and numbers give their JSON.</summary>
    public static string? Text(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        return Find(ref reader, path) ? Scalar(ref reader) : null;
    }

    public static bool Has(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        return Find(ref reader, path) && reader.TokenType != JsonTokenType.Null;
    }

    /// <summary>The names and strings of an object of strings; empty when it is absent.</summary>
    public static IReadOnlyDictionary<string, string> Map(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Find(ref reader, path) || reader.TokenType != JsonTokenType.StartObject)
            return map;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            map[key] = Scalar(ref reader) ?? "";
            reader.Skip();
        }

        return map;
    }

    /// <summary>Where the value stands in the bytes, quotes and braces included.</summary>
    public static Range? Place(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(json);
        if (!Find(ref reader, path))
            return null;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    /// <summary>The same object with another resourceVersion.</summary>
    public static byte[] WithVersion(ReadOnlySpan<byte> json, long version)
    {
        if (Place(json, "metadata", "resourceVersion") is not { } place)
            return json.ToArray();
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(version, digits, out var length);
        return [.. json[..place.Start], (byte)'"', .. digits[..length], (byte)'"', .. json[place.End..]];
    }

    private static bool Find(ref Utf8JsonReader reader, scoped ReadOnlySpan<string> path)
    {
        reader.Read();
        foreach (var key in path)
        {
            if (reader.TokenType != JsonTokenType.StartObject || !FindKey(ref reader, key))
                return false;
        }

        return true;
    }

    private static bool FindKey(ref Utf8JsonReader reader, string key)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(key);
            reader.Read();
            if (isIt)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static string? Scalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
        _ => null,
    };
}
