using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>Rules across the fields of an object that many objects have. Names of fields are separated by spaces.</summary>
internal static class FieldRules
{
    /// <summary>Exactly one of the fields is there.</summary>
    public static SchemaNode OneOf(this SchemaNode node, string names) =>
        node.Rule($"[{Has(names)}].exists_one(set, set)", $"must have exactly one of {Listed(names)}", value => Count(value, names) == 1);

    /// <summary>None or one of the fields is there.</summary>
    public static SchemaNode AtMostOne(this SchemaNode node, string names) =>
        node.Rule($"[{Has(names)}].filter(set, set).size() <= 1", $"must have at most one of {Listed(names)}", value => Count(value, names) <= 1);

    /// <summary>At least one of the fields is there.</summary>
    public static SchemaNode AnyOf(this SchemaNode node, string names) =>
        node.Rule($"[{Has(names)}].exists(set, set)", $"must have at least one of {Listed(names)}", value => Count(value, names) >= 1);

    /// <summary>A field is there when another one has a certain value, and only then.</summary>
    public static SchemaNode With(this SchemaNode node, string field, string value, string wanted) => node.Rule(
        $"(has(self.{field}) && self.{field} == '{value}') == has(self.{wanted})",
        $"must have {wanted} when {field} is {value}, and only then",
        item => (item.TryGet(field, out var given) && given.Text == value) == item.TryGet(wanted, out _));

    public static SchemaNode Rule(this SchemaNode node, string expression, string message, Func<Node, bool> holds) =>
        node with { Rules = [.. node.Rules, new SchemaRule(expression, message) { Holds = holds }] };

    private static int Count(Node value, string names)
    {
        var count = 0;
        foreach (var range in names.AsSpan().Split(' '))
            count += value.TryGet(names[range], out _) ? 1 : 0;
        return count;
    }

    private static string Has(string names) => string.Join(", ", names.Split(' ').Select(name => $"has(self.{name})"));

    private static string Listed(string names)
    {
        var words = names.Split(' ');
        return words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
    }
}
