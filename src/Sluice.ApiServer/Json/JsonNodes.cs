using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Json;

/// <summary>Reading nodes whose shape is not certain.</summary>
internal static class JsonNodes
{
    /// <summary>The value at a path of keys; null when anything on the way is absent or no object.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (node is not JsonObject map || !map.TryGetPropertyValue(key, out node))
                return null;
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Integer(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        if (node.At(path) is not JsonValue value)
            return null;
        if (value.TryGetValue<long>(out var wide))
            return wide;
        if (value.TryGetValue<int>(out var narrow))
            return narrow;
        return value.TryGetValue<double>(out var real) && real == Math.Floor(real) && Math.Abs(real) < 1L << 53 ? (long)real : null;
    }

    public static bool? Boolean(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var truth) ? truth : null;

    public static JsonArray? List(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonArray;

    public static JsonObject? Map(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    /// <summary>The object under a key, made when it is absent or no object.</summary>
    public static JsonObject Child(this JsonObject map, string key)
    {
        if (map.TryGetPropertyValue(key, out var found) && found is JsonObject child)
            return child;
        child = [];
        map[key] = child;
        return child;
    }

    /// <summary>Puts a value under a key, or removes the key when there is no value.</summary>
    public static void Put(this JsonObject map, string key, JsonNode? value)
    {
        if (value is null)
            map.Remove(key);
        else
            map[key] = value;
    }

    public static JsonObject Copy(this JsonObject map) => (JsonObject)map.DeepClone();

    /// <summary>Whether objects and lists are nested in at most so many levels.</summary>
    public static bool IsAtMost(JsonNode? node, int levels) => node switch
    {
        JsonObject map => levels > 0 && map.All(pair => IsAtMost(pair.Value, levels - 1)),
        JsonArray list => levels > 0 && list.All(item => IsAtMost(item, levels - 1)),
        _ => true,
    };

    /// <summary>Whether both mean the same, however numbers are kept.</summary>
    public static bool Same(JsonNode? a, JsonNode? b) => CanonicalJson.Serialize(a).AsSpan().SequenceEqual(CanonicalJson.Serialize(b));
}
