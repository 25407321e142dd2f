using System.Text.Json.Nodes;
using Sluice.ApiServer.Rules;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Apply;

/// <summary>Puts applied values over those of an object: objects and lists with keys are merged, everything else is replaced.</summary>
internal static class AppliedMerge
{
    /// <summary>Changes <paramref name="live"/>, and returns it.</summary>
    public static JsonObject Merge(JsonObject live, JsonObject applied, SchemaNode? schema)
    {
        foreach (var (name, value) in applied)
            live[name] = Value(live[name], value, schema?.Child(name));
        return live;
    }

    /// <summary>Takes the fields of a set out of an object; what becomes empty by it and is in the set goes too.</summary>
    public static void Remove(JsonNode? value, FieldSet fields, SchemaNode? schema)
    {
        if (value is JsonObject map)
        {
            foreach (var (step, child) in fields.Children)
            {
                if (step[0] != 'f' || !map.ContainsKey(step[2..]))
                    continue;
                var name = step[2..];
                Remove(map[name], child, schema?.Child(name));
                if (child.IsMember && IsGone(map[name], child))
                    map.Remove(name);
            }
        }
        else if (value is JsonArray list && schema is not null && OwnedFields.IsMerged(schema))
        {
            for (var i = list.Count - 1; i >= 0; i--)
            {
                if (ListKeys.Of(list[i], schema) is not { } key || fields.Find(key) is not { } entry)
                    continue;
                if (entry.IsMember)
                    list.RemoveAt(i);
                else
                    Remove(list[i], entry, schema.Items);
            }
        }
    }

    /// <summary>A member goes when it is a leaf, or when nothing of others is left in it.</summary>
    private static bool IsGone(JsonNode? value, FieldSet set) => set.Children.Count == 0 || value is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static JsonNode? Value(JsonNode? live, JsonNode? applied, SchemaNode? schema)
    {
        if (applied is JsonObject changes && live is JsonObject map && schema?.IsAtomicMap != true)
            return Merge((JsonObject)map.DeepClone(), changes, schema);
        if (applied is JsonArray items && live is JsonArray list && OwnedFields.IsMerged(schema))
            return List(list, items, schema!);
        return applied?.DeepClone();
    }

    /// <summary>The applied entries in their order; entries that only the live list has keep their place before what followed them.</summary>
    private static JsonArray List(JsonArray live, JsonArray applied, SchemaNode schema)
    {
        var liveKeys = Keys(live, schema);
        var appliedKeys = Keys(applied, schema);
        var wanted = appliedKeys.ToHashSet(StringComparer.Ordinal);
        var old = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        for (var i = 0; i < live.Count; i++)
            old[liveKeys[i]] = live[i];
        var merged = new JsonArray();
        var at = 0;
        for (var i = 0; i < applied.Count; i++)
        {
            for (; at < live.Count && !wanted.Contains(liveKeys[at]); at++)
                merged.Add(live[at]?.DeepClone());
            if (at < live.Count && liveKeys[at] == appliedKeys[i])
                at++;
            merged.Add(old.TryGetValue(appliedKeys[i], out var found) ? Value(found, applied[i], schema.Items) : applied[i]?.DeepClone());
        }

        for (; at < live.Count; at++)
        {
            if (!wanted.Contains(liveKeys[at]))
                merged.Add(live[at]?.DeepClone());
        }

        return merged;
    }

    private static string[] Keys(JsonArray list, SchemaNode schema) => [.. list.Select(item => ListKeys.Of(item, schema) ?? "")];
}
