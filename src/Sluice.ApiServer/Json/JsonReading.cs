using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Json;

/// <summary>Reads JSON from outside into nodes: strict about syntax and UTF-8, bounded in depth, the last of equal keys counts.</summary>
internal static class JsonReading
{
    /// <summary>Levels of objects and lists inside each other.</summary>
    public const int MaxDepth = 64;

    /// <param name="utf8">One JSON value.</param>
    /// <param name="duplicates">Gets the paths of keys that stand twice in an object; null when they do not matter.</param>
    /// <exception cref="ApiException">400: the text is not JSON.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, List<string>? duplicates = null)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var value = Value(ref reader, duplicates, "");
            reader.Read();
            return value;
        }
        catch (JsonException exception)
        {
            throw ApiException.BadRequest($"the body is not valid JSON: {Reason(exception.Message)}");
        }
        catch (InvalidOperationException)
        {
            throw ApiException.BadRequest("the body is not valid JSON: a string is not valid UTF-8, or an escape in it is half of a surrogate pair");
        }
    }

    /// <exception cref="ApiException">400: the text is not a JSON object.</exception>
    public static JsonObject ParseObject(ReadOnlySpan<byte> utf8, List<string>? duplicates = null) =>
        Parse(utf8, duplicates) as JsonObject ?? throw ApiException.BadRequest("the body must be a JSON object");

    /// <summary>What this server has written itself.</summary>
    public static JsonObject ParseStored(ReadOnlySpan<byte> utf8) => (JsonObject)Parse(utf8)!;

    private static JsonNode? Value(ref Utf8JsonReader reader, List<string>? duplicates, string path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, duplicates, path);
            case JsonTokenType.StartArray:
                var list = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(Value(ref reader, duplicates, duplicates is null ? "" : $"{path}[{list.Count}]"));
                return list;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Number:
                return Number(ref reader);
            case JsonTokenType.True or JsonTokenType.False:
                return JsonValue.Create(reader.TokenType == JsonTokenType.True);
            default:
                return null;
        }
    }

    private static JsonObject Object(ref Utf8JsonReader reader, List<string>? duplicates, string path)
    {
        var value = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            var inner = duplicates is null ? "" : path.Length == 0 ? key : $"{path}.{key}";
            if (duplicates is not null && value.ContainsKey(key))
                duplicates.Add(inner);
            reader.Read();
            value[key] = Value(ref reader, duplicates, inner);
        }

        return value;
    }

    private static JsonValue Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer))
            return JsonValue.Create(integer);
        return reader.TryGetDouble(out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : throw new JsonException("a number is too large.");
    }

    /// <summary>Without the position and the advice for programmers.</summary>
    private static string Reason(string message)
    {
        var end = message.IndexOf(" Change the reader options", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}
