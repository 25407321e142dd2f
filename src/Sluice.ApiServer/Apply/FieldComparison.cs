using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Rules;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Apply;

/// <summary>What differs between two versions of an object.</summary>
internal sealed class FieldComparison
{
    private FieldComparison()
    {
    }

    /// <summary>Fields that are new or have another value.</summary>
    public FieldSet Changed { get; private set; } = new();

    /// <summary>Fields that are gone.</summary>
    public FieldSet Removed { get; private set; } = new();

    public static FieldComparison Of(JsonObject before, JsonObject after, SchemaNode? schema)
    {
        var comparison = new FieldComparison();
        Compare(before, after, schema, comparison.Changed, comparison.Removed);
        comparison.Changed = OwnedFields.WithoutServerFields(comparison.Changed);
        comparison.Removed = OwnedFields.WithoutServerFields(comparison.Removed);
        return comparison;
    }

    private static void Compare(JsonNode? before, JsonNode? after, SchemaNode? schema, FieldSet changed, FieldSet removed)
    {
        if (before is JsonObject a && after is JsonObject b && schema?.IsAtomicMap != true)
        {
            foreach (var name in a.Select(pair => pair.Key).Union(b.Select(pair => pair.Key), StringComparer.Ordinal).ToList())
                Compare(a, b, name, FieldStep.Field(name), schema?.Child(name), changed, removed);
        }
        else if (before is JsonArray oldList && after is JsonArray newList && OwnedFields.IsMerged(schema))
        {
            var (old, fresh) = (ByKey(oldList, schema!), ByKey(newList, schema!));
            foreach (var key in old.Select(pair => pair.Key).Union(fresh.Select(pair => pair.Key), StringComparer.Ordinal).ToList())
                Compare(old, fresh, key, key, schema!.Items, changed, removed);
        }
        else if (!JsonNodes.Same(before, after))
        {
            changed.IsMember = true;
        }
    }

    private static void Compare(JsonObject before, JsonObject after, string name, string step, SchemaNode? schema, FieldSet changed, FieldSet removed)
    {
        if (!before.TryGetPropertyValue(name, out var old))
            AddAll(after[name], schema, changed.At(step));
        else if (!after.TryGetPropertyValue(name, out var fresh))
            AddAll(old, schema, removed.At(step));
        else
            Compare(old, fresh, schema, changed.At(step), removed.At(step));
    }

    /// <summary>A field that came or went, with everything in it.</summary>
    private static void AddAll(JsonNode? value, SchemaNode? schema, FieldSet set)
    {
        set.IsMember = true;
        if (value is JsonObject map && schema?.IsAtomicMap != true)
        {
            foreach (var (name, child) in map)
                AddAll(child, schema?.Child(name), set.At(FieldStep.Field(name)));
        }
        else if (value is JsonArray list && OwnedFields.IsMerged(schema))
        {
            foreach (var item in list)
                AddAll(item, schema!.Items, set.At(ListKeys.Of(item, schema) ?? "v:null"));
        }
    }

    private static JsonObject ByKey(JsonArray list, SchemaNode schema)
    {
        var entries = new JsonObject();
        foreach (var item in list)
            entries[ListKeys.Of(item, schema) ?? "v:null"] = item?.DeepClone();
        return entries;
    }
}
