using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Rules;

/// <summary>
/// Brings an object into the shape of its kind's schema: fields that the kind does not have go, defaults come, nulls mean
/// "absent"; and says what has the wrong type or value.
/// </summary>
/// <param name="context">Gets what is found.</param>
/// <param name="tellsUnknown">Whether unknown fields are reported, not only dropped.</param>
/// <param name="checksValues">Whether values are checked against their bounds, not only for their types.</param>
internal sealed class SchemaPass(WriteContext context, bool tellsUnknown, bool checksValues)
{
    public void Root(JsonObject value, SchemaNode schema)
    {
        foreach (var (name, node) in schema.Properties)
        {
            if (name is "apiVersion" or "kind" || (name == "status" && context.Mode != WriteMode.Status && context.Path.Kind.HasStatus))
                continue;
            if (context.Mode == WriteMode.Status && name != "status")
                continue;
            Field(value, name, node, name, schema.Required.Contains(name));
        }

        if (context.Mode == WriteMode.Main)
            DropUnknown(value, schema, "");
    }

    private void Field(JsonObject map, string name, SchemaNode node, string path, bool isRequired)
    {
        if (map.TryGetPropertyValue(name, out var found) && found is null && !node.Nullable)
            map.Remove(name);
        if (!map.ContainsKey(name))
        {
            if (node.Default is not null)
                map[name] = node.Default.DeepClone();
            else if (isRequired)
                context.Invalid(path, "is required", StatusCause.Required);
            else
                return;
        }

        if (map[name] is { } value)
            Visit(value, node, path);
    }

    private void Visit(JsonNode value, SchemaNode node, string path)
    {
        switch (node.Type)
        {
            case SchemaType.Object when value is JsonObject map:
                Object(map, node, path);
                break;
            case SchemaType.Array when value is JsonArray list:
                List(list, node, path);
                break;
            case SchemaType.Any:
                break;
            default:
                if (!SchemaValues.HasType(value, node.Type))
                    context.Invalid(path, $"must be {SchemaValues.Name(node.Type)}, found {SchemaValues.Found(value)}", "FieldValueTypeInvalid");
                else if (checksValues && SchemaValues.Problem(value, node) is { } problem)
                    context.Invalid(path, problem, node.Enum.Count > 0 ? StatusCause.NotSupported : StatusCause.Invalid);
                break;
        }
    }

    private void Object(JsonObject map, SchemaNode node, string path)
    {
        foreach (var (name, child) in node.Properties)
            Field(map, name, child, $"{path}.{name}", node.Required.Contains(name));
        if (node.AdditionalProperties is { } values)
        {
            foreach (var name in map.Select(pair => pair.Key).Where(name => !node.Properties.ContainsKey(name)).ToList())
                Field(map, name, values, $"{path}.{name}", isRequired: false);
        }
        else
        {
            DropUnknown(map, node, path);
        }

        if (checksValues)
            CheckCount(map.Count, node.MinProperties, node.MaxProperties, "fields", path);
    }

    private void DropUnknown(JsonObject map, SchemaNode node, string path)
    {
        if (node.PreserveUnknownFields)
            return;
        foreach (var name in map.Select(pair => pair.Key).Where(name => !node.Properties.ContainsKey(name)).ToList())
        {
            map.Remove(name);
            if (tellsUnknown)
                context.Unknown.Add($"unknown field \"{(path.Length == 0 ? name : $"{path}.{name}")}\"");
        }
    }

    private void List(JsonArray list, SchemaNode node, string path)
    {
        if (node.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is { } item)
                    Visit(item, items, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]");
                else if (!items.Nullable && items.Type != SchemaType.Any)
                    context.Invalid($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", $"must be {SchemaValues.Name(items.Type)}, found nothing", "FieldValueTypeInvalid");
            }
        }

        if (!checksValues)
            return;
        CheckCount(list.Count, node.MinItems, node.MaxItems, "items", path);
        CheckUnique(list, node, path);
    }

    private void CheckCount(int count, int? min, int? max, string what, string path)
    {
        if (count < min)
            context.Invalid(path, $"must have at least {min} {what}, found {count}");
        else if (count > max)
            context.Invalid(path, $"must have at most {max} {what}, found {count}", "FieldValueTooMany");
    }

    private void CheckUnique(JsonArray list, SchemaNode node, string path)
    {
        if (node.ListType == ListType.Atomic)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (ListKeys.Of(list[i], node) is { } key && !seen.Add(key))
                context.Invalid($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", $"stands twice in the list: {key[2..]}", StatusCause.Duplicate);
        }
    }
}
