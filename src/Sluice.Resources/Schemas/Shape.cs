using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>Short ways to write schemas.</summary>
internal static class Shape
{
    public static SchemaField Optional(string name, SchemaNode node, string? description = null) => new(name, Describe(node, description), false);

    public static SchemaField Required(string name, SchemaNode node, string? description = null) => new(name, Describe(node, description), true);

    public static SchemaNode Object(params ReadOnlySpan<SchemaField> fields)
    {
        var properties = new OrderedDictionary<string, SchemaNode>(fields.Length, StringComparer.Ordinal);
        var required = new List<string>();
        foreach (var field in fields)
        {
            properties.Add(field.Name, field.Node);
            if (field.IsRequired)
                required.Add(field.Name);
        }

        return new SchemaNode { Type = SchemaType.Object, Properties = properties, Required = [.. required] };
    }

    /// <summary>Free names.</summary>
    public static SchemaNode Map(SchemaNode values, int? max = null) => new() { Type = SchemaType.Object, AdditionalProperties = values, MaxProperties = max };

    /// <summary>An object whose fields are not described here and are kept as they are.</summary>
    public static SchemaNode Open(params ReadOnlySpan<SchemaField> fields) => Object(fields) with { PreserveUnknownFields = true };

    /// <summary>A list that is one value to server-side apply.</summary>
    public static SchemaNode List(SchemaNode items, int? min = null, int? max = null) => new() { Type = SchemaType.Array, Items = items, MinItems = min, MaxItems = max };

    /// <summary>A list of different scalars.</summary>
    public static SchemaNode Set(SchemaNode items, int? max = null) => List(items, null, max) with { ListType = ListType.Set };

    /// <summary>A list of objects that differ in some fields, which are given separated by spaces.</summary>
    public static SchemaNode Keyed(string keys, SchemaNode items, int? min = null, int? max = null) =>
        List(items, min, max) with { ListType = ListType.Map, ListMapKeys = keys.Split(' ') };

    public static SchemaNode Text(int? min = null, int? max = null, string? pattern = null) =>
        new() { Type = SchemaType.String, MinLength = min, MaxLength = max, Pattern = pattern };

    /// <summary>One of a few words, which are given separated by spaces.</summary>
    public static SchemaNode Word(string words) => new() { Type = SchemaType.String, Enum = words.Split(' ') };

    public static SchemaNode Integer(long? min = null, long? max = null, string? format = "int32") =>
        new() { Type = SchemaType.Integer, Minimum = min, Maximum = max, Format = format };

    public static SchemaNode AnyText { get; } = Text();

    /// <summary>Base64.</summary>
    public static SchemaNode Bytes { get; } = AnyText with { Format = "byte" };

    public static SchemaNode Flag { get; } = new() { Type = SchemaType.Boolean };

    public static SchemaNode Time { get; } = new() { Type = SchemaType.String, Format = "date-time" };

    public static SchemaNode MicroTime { get; } = new() { Type = SchemaType.String, Format = "micro-time" };

    public static SchemaNode IntOrString { get; } = new() { Type = SchemaType.IntOrString };

    public static SchemaNode Any { get; } = new() { Type = SchemaType.Any, PreserveUnknownFields = true };

    public static SchemaNode Strings { get; } = List(AnyText);

    public static SchemaNode StringMap { get; } = Map(AnyText);

    /// <param name="node">Of the field that has a default.</param>
    /// <param name="json">The value as JSON.</param>
    public static SchemaNode Default(this SchemaNode node, string json) => node with { Default = JsonNode.Parse(json) };

    public static SchemaNode Rule(this SchemaNode node, string expression, string message) =>
        node with { Rules = [.. node.Rules, new SchemaRule(expression, message)] };

    /// <summary>A list that strategic merge patches merge by a field.</summary>
    public static SchemaNode MergedBy(this SchemaNode node, string? key, string strategy = "merge") => node with { PatchMergeKey = key, PatchStrategy = strategy };

    /// <summary>Held once in OpenAPI documents.</summary>
    public static SchemaNode Named(this SchemaNode node, string component) => node with { ComponentName = component };

    private static SchemaNode Describe(SchemaNode node, string? description) => description is null ? node : node with { Description = description };
}
