using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// Whether an object in the cluster has all that was applied, beside what the API server and others have added. The API server
/// leaves out what is empty, and writes quantities in its own way.
/// </summary>
internal static class JsonContainment
{
    public static bool Contains(JsonNode? live, JsonNode? applied) => Contains(live, applied, isQuantity: false);

    private static bool Contains(JsonNode? live, JsonNode? applied, bool isQuantity)
    {
        if (live is null)
            return IsEmpty(applied);
        switch (applied)
        {
            case JsonObject fields:
                return live is JsonObject found && fields.All(field => Contains(found[field.Key], field.Value, IsQuantity(fields, field.Key)));
            case JsonArray items:
                return live is JsonArray list && ContainsAll(list, items);
            default:
                return JsonNode.DeepEquals(live, applied) || (isQuantity && KubernetesQuantity.AreEqual(live, applied));
        }
    }

    // Lists of objects may have gained items; lists of values are as they were applied.
    private static bool ContainsAll(JsonArray live, JsonArray applied) => applied.Count > 0 && applied.All(item => item is JsonObject)
        ? applied.All(item => live.Any(one => Contains(one, item)))
        : JsonNode.DeepEquals(live, applied);

    private static bool IsQuantity(JsonObject fields, string name) =>
        name is "sizeLimit" or "averageValue" || (fields.Parent is JsonObject && fields.GetPropertyName() is "requests" or "limits");

    private static bool IsEmpty(JsonNode? applied) => applied switch
    {
        null => true,
        JsonObject fields => fields.Count == 0,
        JsonArray items => items.Count == 0,
        _ => applied.GetValueKind() switch
        {
            JsonValueKind.False => true,
            JsonValueKind.String => applied.GetValue<string>().Length == 0,
            _ => false,
        },
    };
}
