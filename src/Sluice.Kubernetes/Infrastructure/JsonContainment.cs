using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Whether an object in the cluster has all that was applied, beside what the API server and others have added.</summary>
internal static class JsonContainment
{
    public static bool Contains(JsonNode? live, JsonNode? applied) => applied switch
    {
        JsonObject fields => live is JsonObject found && fields.All(field => Contains(found[field.Key], field.Value)) || (fields.Count == 0 && live is null),
        JsonArray items => live is JsonArray found && ContainsAll(found, items),
        _ => JsonNode.DeepEquals(live, applied),
    };

    // Lists of objects may have gained items; lists of values are as they were applied.
    private static bool ContainsAll(JsonArray live, JsonArray applied) => applied.All(item => item is JsonObject)
        ? applied.All(item => live.Any(one => Contains(one, item)))
        : JsonNode.DeepEquals(live, applied);
}
