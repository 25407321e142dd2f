using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Reading and writing fields of objects as JSON. What is of another type than asked for counts as absent.</summary>
internal static class JsonFields
{
    public static string? Text(this JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static int? Number(this JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) ? number : null;

    public static bool IsTrue(this JsonObject fields, string name) => fields[name]?.GetValueKind() == JsonValueKind.True;

    public static JsonObject? Object(this JsonObject fields, string name) => fields[name] as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonObject fields, string name) => (fields[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    /// <summary>Sets a field unless there is nothing to set.</summary>
    public static void Add(this JsonObject fields, string name, JsonNode? value, bool when)
    {
        if (when)
            fields[name] = value;
    }

    /// <summary>Sets a field to JSON of parameters, if they have any.</summary>
    public static void Add(this JsonObject fields, string name, JsonElement? value)
    {
        if (value is { } given)
            fields[name] = Resources.Kgateway.ParameterJson.ToNode(given);
    }

    /// <summary>In order of names, so that equal maps are equal text.</summary>
    public static JsonObject ToJson(this IReadOnlyDictionary<string, string> map)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            fields[name] = value;
        return fields;
    }

    /// <summary>A tree of its own, with the fields of parameters over the given ones.</summary>
    public static JsonObject With(this JsonObject defaults, JsonElement? over) =>
        over is { } given ? (JsonObject)Resources.Patches.JsonMergePatch.Apply(defaults, Resources.Kgateway.ParameterJson.ToNode(given))! : defaults;
}
