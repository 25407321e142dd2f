using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>Schemas as lists of "path: fact value", ours and those of CRDs in the same words.</summary>
internal static class SchemaFacts
{
    private static readonly string[] Plain =
        ["type", "format", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "nullable", "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-preserve-unknown-fields"];

    public static SortedSet<string> Of(SchemaNode root)
    {
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, node) in SchemaWalk.Nodes(root).Where(place => !place.Path.StartsWith("metadata.", StringComparison.Ordinal)))
        {
            void Add(string fact, object? value)
            {
                if (value is not null)
                    facts.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {fact} {value}"));
            }

            Add("type", node.Type.ToString().ToLowerInvariant());
            Add("format", node.Format);
            Add("pattern", node.Pattern);
            Add("minimum", node.Minimum);
            Add("maximum", node.Maximum);
            Add("minLength", node.MinLength);
            Add("maxLength", node.MaxLength);
            Add("minItems", node.MinItems);
            Add("maxItems", node.MaxItems);
            Add("minProperties", node.MinProperties);
            Add("maxProperties", node.MaxProperties);
            Add("x-kubernetes-list-type", node.Type == SchemaType.Array ? node.ListType.ToString().ToLowerInvariant() : null);
            Add("x-kubernetes-map-type", node.IsAtomicMap ? "atomic" : null);
            Add("keys", node.ListMapKeys.Count > 0 ? string.Join(' ', node.ListMapKeys) : null);
            Add("required", node.Required.Count > 0 ? string.Join(' ', node.Required.Order(StringComparer.Ordinal)) : null);
            Add("enum", node.Enum.Count > 0 ? string.Join(' ', node.Enum.Order(StringComparer.Ordinal)) : null);
            Add("default", node.Default is null ? null : Canonical(node.Default));
        }

        return facts;
    }

    public static SortedSet<string> Of(YamlMappingNode root)
    {
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        Collect(root, "", facts);
        return facts;
    }

    private static void Collect(YamlMappingNode node, string path, SortedSet<string> facts)
    {
        foreach (var name in Plain)
        {
            if (node.Children.TryGetValue(name, out var value))
                facts.Add($"{path}: {name} {value}");
        }

        Add("keys", "x-kubernetes-list-map-keys", list => list);
        Add("required", "required", list => list.Order(StringComparer.Ordinal));
        Add("enum", "enum", list => list.Order(StringComparer.Ordinal));
        if (node.Children.TryGetValue("default", out var given))
            facts.Add($"{path}: default {Canonical(ToJson(given))}");
        if (node.Children.TryGetValue("properties", out var properties))
        {
            foreach (var (name, property) in (YamlMappingNode)properties)
                Collect((YamlMappingNode)property, path.Length == 0 ? name.ToString() : $"{path}.{name}", facts);
        }

        if (node.Children.TryGetValue("items", out var items))
            Collect((YamlMappingNode)items, path + "[]", facts);
        if (node.Children.TryGetValue("additionalProperties", out var values))
            Collect((YamlMappingNode)values, path + "{}", facts);

        void Add(string fact, string name, Func<IEnumerable<string>, IEnumerable<string>> order)
        {
            if (node.Children.TryGetValue(name, out var list))
                facts.Add($"{path}: {fact} {string.Join(' ', order(((YamlSequenceNode)list).Select(item => item.ToString())))}");
        }
    }

    private static JsonNode ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(pair.Key.ToString(), (JsonNode?)ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? "")!,
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Names in order, so that equal values are equal texts.</summary>
    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject item => "{" + string.Join(",", item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{Canonical(pair.Value)}")) + "}",
        JsonArray list => "[" + string.Join(",", list.Select(Canonical)) + "]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
