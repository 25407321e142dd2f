using System.Text;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Rules;

/// <summary>
/// What tells the entries of a list apart, in the words of managedFields: <c>k:{"name":"http"}</c> for objects with keys,
/// <c>v:"text"</c> for a set's values.
/// </summary>
internal static class ListKeys
{
    /// <summary>Null for entries that have none: a key field is absent and has no default, or the entry is no object.</summary>
    public static string? Of(JsonNode? item, SchemaNode list)
    {
        switch (list.ListType)
        {
            case ListType.Set:
                return item is JsonObject or JsonArray ? null : "v:" + Text(item);
            case ListType.Map when item is JsonObject map:
                var keys = new JsonObject();
                foreach (var name in list.ListMapKeys)
                {
                    var value = map[name] ?? list.Items?.Child(name)?.Default;
                    if (value is null)
                        continue;
                    keys[name] = value.DeepClone();
                }

                return keys.Count == 0 ? null : "k:" + Text(keys);
            default:
                return null;
        }
    }

    private static string Text(JsonNode? value) => Encoding.UTF8.GetString(CanonicalJson.Serialize(value));
}
