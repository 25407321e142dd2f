using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.ApiServer.Json;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Rules;

/// <summary>Single values and what a schema says of them.</summary>
internal static class SchemaValues
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static bool HasType(JsonNode value, SchemaType type) => type switch
    {
        SchemaType.Object => value is JsonObject,
        SchemaType.Array => value is JsonArray,
        SchemaType.String => value.GetValueKind() == JsonValueKind.String,
        SchemaType.Integer => value.Integer() is not null,
        SchemaType.Number => value.GetValueKind() == JsonValueKind.Number,
        SchemaType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        SchemaType.IntOrString => value.GetValueKind() == JsonValueKind.String || value.Integer() is not null,
        _ => true,
    };

    public static string Name(SchemaType type) => type switch
    {
        SchemaType.Object => "an object",
        SchemaType.Array => "a list",
        SchemaType.String => "a string",
        SchemaType.Integer => "a whole number",
        SchemaType.Number => "a number",
        SchemaType.Boolean => "true or false",
        _ => "a whole number or a string",
    };

    /// <summary>The kind of a value; never the value itself, which may be secret.</summary>
    public static string Found(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a boolean",
    };

    /// <summary>What is wrong with a value that has the right type; null when it is right.</summary>
    public static string? Problem(JsonNode value, SchemaNode node)
    {
        if (node.Enum.Count > 0)
        {
            var text = value.Text() ?? value.ToJsonString();
            return node.Enum.Contains(text, StringComparer.Ordinal) ? null : $"must be one of {string.Join(", ", node.Enum)}";
        }

        if (value.Text() is { } word)
            return Problem(word, node);
        if (value.Integer() is not { } number)
            return null;
        if (number < node.Minimum)
            return string.Create(CultureInfo.InvariantCulture, $"must be at least {node.Minimum}, found {number}");
        if (number > node.Maximum)
            return string.Create(CultureInfo.InvariantCulture, $"must be at most {node.Maximum}, found {number}");
        return node.Format == "int32" && number is < int.MinValue or > int.MaxValue ? "must be a number of 32 bits" : null;
    }

    private static string? Problem(string text, SchemaNode node)
    {
        if (text.Length < node.MinLength)
            return $"must have at least {node.MinLength} characters, found {text.Length}";
        if (text.Length > node.MaxLength)
            return $"must have at most {node.MaxLength} characters, found {text.Length}";
        if (node.Format is "date-time" or "micro-time" && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            return "must be a time such as \"2025-01-31T12:00:00Z\"";
        if (node.Format == "byte" && !IsBase64(text))
            return "must be base64";
        if (node.Pattern is null)
            return null;
        var pattern = Patterns.GetOrAdd(node.Pattern, static pattern => new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
        return pattern.IsMatch(text) ? null : $"must match {node.Pattern}";
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[(text.Length * 3 / 4) + 3], out _);
}
