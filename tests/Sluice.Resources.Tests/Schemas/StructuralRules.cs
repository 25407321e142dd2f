using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>What an API server asks of a CustomResourceDefinition's schema before it takes it ("structural schema"), each broken rule as one line.</summary>
internal static class StructuralRules
{
    private static readonly string[] Allowed =
    [
        "type", "description", "title", "format", "default", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "required", "properties", "items", "additionalProperties", "nullable",
        "anyOf", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
        "x-kubernetes-map-type", "x-kubernetes-validations",
    ];

    public static List<string> Broken(JsonObject root)
    {
        var broken = new List<string>();
        if (Text(root, "type") != "object")
            broken.Add(": the root must be an object");
        if (root["properties"]?["metadata"] is not JsonObject { Count: 1 } metadata || Text(metadata, "type") != "object")
            broken.Add("metadata: must be {type: object} and no more");
        Check(root, "", broken);
        return broken;
    }

    private static void Check(JsonObject schema, string path, List<string> broken)
    {
        foreach (var (name, _) in schema)
        {
            if (!Allowed.Contains(name))
                broken.Add($"{path}: {name} is not allowed");
        }

        CheckType(schema, path, broken);
        CheckLists(schema, path, broken);
        if (schema["properties"] is not null && schema["additionalProperties"] is not null)
            broken.Add($"{path}: properties and additionalProperties exclude each other");
        foreach (var field in Strings(schema, "required"))
        {
            if (schema["properties"]?[field] is null)
                broken.Add($"{path}: requires {field}, which it does not have");
        }

        if (schema["default"] is { } value)
            CheckValue(schema, value, path + " default", broken);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
            Check((JsonObject)property!, path.Length == 0 ? name : $"{path}.{name}", broken);
        if (schema["items"] is { } items)
            Check((JsonObject)items, path + "[]", broken);
        if (schema["additionalProperties"] is { } values)
            Check((JsonObject)values, path + "{}", broken);
    }

    private static void CheckType(JsonObject schema, string path, List<string> broken)
    {
        var type = Text(schema, "type");
        var isEither = Text(schema, "x-kubernetes-int-or-string") == "true";
        if (isEither)
        {
            if (type is not null || schema["anyOf"]?.ToJsonString() != """[{"type":"integer"},{"type":"string"}]""")
                broken.Add($"{path}: x-kubernetes-int-or-string goes with anyOf integer and string, and without a type");
        }
        else if (schema["anyOf"] is not null)
        {
            broken.Add($"{path}: anyOf is for x-kubernetes-int-or-string");
        }

        if (type is null && !isEither && Text(schema, "x-kubernetes-preserve-unknown-fields") != "true")
            broken.Add($"{path}: has no type");
        if (type == "array" && schema["items"] is null)
            broken.Add($"{path}: an array needs items");
        if (type != "array" && schema["items"] is not null)
            broken.Add($"{path}: items are for arrays");
        if (type is not null and not "object" && (schema["properties"] ?? schema["additionalProperties"] ?? schema["x-kubernetes-preserve-unknown-fields"] ?? schema["x-kubernetes-map-type"]) is not null)
            broken.Add($"{path}: has fields, and is no object");
    }

    private static void CheckLists(JsonObject schema, string path, List<string> broken)
    {
        var kind = Text(schema, "x-kubernetes-list-type");
        var keys = Strings(schema, "x-kubernetes-list-map-keys").ToArray();
        if (kind is not null && Text(schema, "type") != "array")
            broken.Add($"{path}: x-kubernetes-list-type is for arrays");
        if (kind == "map" != keys.Length > 0)
            broken.Add($"{path}: x-kubernetes-list-map-keys goes with the list type map");
        var items = schema["items"] as JsonObject;
        foreach (var key in keys)
        {
            if (items?["properties"]?[key] is not JsonObject property || Text(property, "type") is "object" or "array" or null)
                broken.Add($"{path}: the key {key} must be a scalar of the items");
            else if (property["default"] is null && !Strings(items, "required").Contains(key))
                broken.Add($"{path}: the key {key} must be required or have a default");
        }

        if (kind == "set" && Text(items!, "type") is "object" or "array")
            broken.Add($"{path}: a set holds scalars");
    }

    /// <summary>A default has the right types, no unknown fields, and stays within the limits.</summary>
    private static void CheckValue(JsonObject schema, JsonNode value, string path, List<string> broken)
    {
        var fits = Text(schema, "type") switch
        {
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value.GetValueKind() == JsonValueKind.String,
            "integer" => value.GetValueKind() == JsonValueKind.Number,
            "boolean" => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };
        if (!fits)
            broken.Add($"{path}: is of a wrong type");
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            broken.Add($"{path}: is none of the words");
        if (schema["pattern"] is { } pattern && !Regex.IsMatch(value.ToString(), pattern.ToString()))
            broken.Add($"{path}: does not match the pattern");
        if (value is JsonArray list && schema["items"] is JsonObject items)
        {
            foreach (var entry in list)
                CheckValue(items, entry!, path + "[]", broken);
        }

        if (value is not JsonObject item)
            return;
        foreach (var name in Strings(schema, "required").Where(name => !item.ContainsKey(name)))
            broken.Add($"{path}: lacks {name}");
        foreach (var (name, field) in item)
        {
            if ((schema["properties"]?[name] ?? schema["additionalProperties"]) is JsonObject known)
                CheckValue(known, field!, $"{path}.{name}", broken);
            else if (schema["x-kubernetes-preserve-unknown-fields"] is null)
                broken.Add($"{path}: {name} is unknown");
        }
    }

    private static string? Text(JsonObject schema, string name) => schema[name]?.ToString();

    private static IEnumerable<string> Strings(JsonObject? schema, string name) => (schema?[name] as JsonArray ?? []).Select(value => value!.ToString());
}
