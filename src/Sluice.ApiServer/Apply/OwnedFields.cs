using System.Text.Json.Nodes;
using Sluice.ApiServer.Rules;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Apply;

/// <summary>The fields that an object gives, as server-side apply counts them.</summary>
internal static class OwnedFields
{
    /// <summary>Metadata that belongs to the server, and what only names the object.</summary>
    private static readonly string[] ServerMetadata =
        ["name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <summary>What whoever applies these values says about.</summary>
    public static FieldSet Of(JsonObject value, SchemaNode? schema)
    {
        var set = new FieldSet();
        Add(value, schema, set);
        return WithoutServerFields(set);
    }

    public static FieldSet WithoutServerFields(FieldSet set)
    {
        set.IsMember = false;
        set.Remove("f:apiVersion");
        set.Remove("f:kind");
        if (set.Find("f:metadata") is { } metadata)
        {
            metadata.IsMember = false;
            foreach (var name in ServerMetadata)
                metadata.Remove(FieldStep.Field(name));
        }

        return set.Trim();
    }

    private static void Add(JsonNode? value, SchemaNode? schema, FieldSet set)
    {
        switch (value)
        {
            case JsonObject map when schema?.IsAtomicMap != true:
                foreach (var (name, child) in map)
                    AddField(name, child, schema, set.At(FieldStep.Field(name)));
                break;
            case JsonArray list when IsMerged(schema):
                foreach (var item in list)
                {
                    var entry = set.At(ListKeys.Of(item, schema!) ?? "v:null");
                    Add(item, schema!.Items, entry);
                    entry.IsMember = true;
                }

                break;
            default:
                set.IsMember = true;
                break;
        }
    }

    private static void AddField(string name, JsonNode? value, SchemaNode? schema, FieldSet field)
    {
        Add(value, schema?.Child(name), field);

        // Entries of maps are fields of their own, and so is what is empty.
        if (value is null or JsonObject { Count: 0 } || (schema is not null && !schema.Properties.ContainsKey(name) && schema.AdditionalProperties is not null))
            field.IsMember = true;
    }

    public static bool IsMerged(SchemaNode? schema) => schema is { Type: SchemaType.Array, ListType: not ListType.Atomic };
}
