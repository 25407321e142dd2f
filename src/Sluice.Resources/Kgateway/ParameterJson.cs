using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources.Patches;

namespace Sluice.Resources.Kgateway;

/// <summary>JSON that parameters hold.</summary>
public static class ParameterJson
{
    /// <summary>One value over another: objects are merged field by field, lists and scalars of the first hold.</summary>
    public static JsonElement? Over(JsonElement? value, JsonElement? below)
    {
        if (value is null || below is null)
            return value ?? below;
        return ToElement(JsonMergePatch.Apply(ToNode(below.Value), ToNode(value.Value)));
    }

    /// <summary>A tree of its own.</summary>
    public static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value),
    };

    public static JsonElement ToElement(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }
}
