using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>Fills in what a schema says about absent fields, as an API server does.</summary>
public static class Defaulting
{
    /// <summary>
    /// Fills in the defaults of a whole object, in place: those of its schema, and for kinds of Kubernetes itself those that
    /// depend on other fields. Null where null is no value counts as absent and goes.
    /// </summary>
    public static void Apply(KindSchema kind, JsonObject item)
    {
        Apply(kind.Root, item);
        kind.ConditionalDefaults?.Invoke(item);
    }

    /// <summary>Fills in the defaults of a part of an object, in place. Values of a wrong type are left as they are.</summary>
    public static void Apply(SchemaNode schema, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject item:
                Fill(schema, item);
                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is null && !items.Nullable && items.Default is not null)
                        list[i] = items.Default.DeepClone();
                    Apply(items, list[i]);
                }

                break;
        }
    }

    private static void Fill(SchemaNode schema, JsonObject item)
    {
        foreach (var (name, property) in schema.Properties)
        {
            if (property.Default is not null && !(item.TryGetPropertyValue(name, out var given) && (given is not null || property.Nullable)))
                item[name] = property.Default.DeepClone();
        }

        List<string>? nulls = null;
        foreach (var (name, value) in item)
        {
            if (schema.Child(name) is not { } child)
                continue;
            if (value is null && !child.Nullable)
                (nulls ??= []).Add(name);
            else
                Apply(child, value);
        }

        if (nulls is null)
            return;
        foreach (var name in nulls)
        {
            if (schema.Child(name) is { Default: { } value } child)
            {
                item[name] = value.DeepClone();
                Apply(child, item[name]);
            }
            else
            {
                item.Remove(name);
            }
        }
    }
}
