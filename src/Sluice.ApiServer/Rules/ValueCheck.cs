using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Rules;

/// <summary>Says which values do not fit a schema: types, what is missing, bounds, and entries that stand twice.</summary>
/// <param name="context">Gets what is found.</param>
internal sealed class ValueCheck(WriteContext context)
{
    public void Check(JsonNode? value, SchemaNode node, string path)
    {
        switch (node.Type)
        {
            case SchemaType.Any:
                break;
            case SchemaType.Object when value is JsonObject map:
                Object(map, node, path);
                break;
            case SchemaType.Array when value is JsonArray list:
                List(list, node, path);
                break;
            default:
                if (value is null ? !node.Nullable : !SchemaValues.HasType(value, node.Type))
                    context.Invalid(path, $"must be {SchemaValues.Name(node.Type)}, found {(value is null ? "nothing" : SchemaValues.Found(value))}", "FieldValueTypeInvalid");
                else if (value is not null && SchemaValues.Problem(value, node) is { } problem)
                    context.Invalid(path, problem, node.Enum.Count > 0 ? StatusCause.NotSupported : StatusCause.Invalid);
                break;
        }
    }

    private void Object(JsonObject map, SchemaNode node, string path)
    {
        foreach (var name in node.Required)
        {
            if (!map.ContainsKey(name))
                context.Invalid(Join(path, name), "is required", StatusCause.Required);
        }

        foreach (var (name, value) in map)
        {
            if (node.Child(name) is { } child)
                Check(value, child, Join(path, name));
        }

        Count(map.Count, node.MinProperties, node.MaxProperties, "fields", path);
    }

    private void List(JsonArray list, SchemaNode node, string path)
    {
        if (node.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
                Check(list[i], items, $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]");
        }

        Count(list.Count, node.MinItems, node.MaxItems, "items", path);
        if (node.ListType == ListType.Atomic)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            if (ListKeys.Of(list[i], node) is { } key && !seen.Add(key))
                context.Invalid($"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", $"stands twice in the list: {key[2..]}", StatusCause.Duplicate);
        }
    }

    private void Count(int count, int? min, int? max, string what, string path)
    {
        if (count < min)
            context.Invalid(path, $"must have at least {min} {what}, found {count}");
        else if (count > max)
            context.Invalid(path, $"must have at most {max} {what}, found {count}", "FieldValueTooMany");
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
