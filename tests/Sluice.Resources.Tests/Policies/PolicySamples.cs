using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Policies;

/// <summary>
/// Values made from a schema: the smallest that are right, and those with one more field somewhere. What the rules of a schema
/// ask for is read from their expressions.
/// </summary>
internal static partial class PolicySamples
{
    /// <summary>Texts of all forms that fields have; those that a field takes are found by trying.</summary>
    private static readonly string[] Texts =
    [
        "alpha", "beta", "alpha.example", "beta.example", "X-Alpha", "X-Beta", "5s", "7s", "10.0.0.0/8", "192.0.2.0/24", "https://alpha.example", "https://beta.example", "https://alpha.example/a", "https://beta.example/b",
        "123456789012", "210987654321", "arn:aws:iam::123456789012:role/alpha", "arn:aws:iam::123456789012:role/beta", "1.5", "2.5", "64Ki", "128Ki", "4096", "8192",
    ];

    /// <summary>The smallest value that is right.</summary>
    public static JsonNode Smallest(SchemaNode node, int variant = 0) => node.Type switch
    {
        SchemaType.Object when node.AdditionalProperties is { } values => new JsonObject { ["alpha"] = Smallest(values, variant) },
        SchemaType.Object when node.Properties.Count == 0 => node.PreserveUnknownFields ? new JsonObject { ["alpha"] = 1 } : [],
        SchemaType.Object => Complete(node, []),
        SchemaType.Array => Items(node, Math.Max(node.MinItems ?? 0, 1), variant),
        SchemaType.Boolean => JsonValue.Create(variant == 0),
        SchemaType.Integer => JsonValue.Create((node.Minimum ?? 1) + 1 + variant),
        _ => JsonValue.Create(TextsOf(node).ElementAtOrDefault(variant) ?? TextsOf(node).First()),
    };

    /// <summary>Texts that the field takes, in which <see cref="SchemaNode.Pattern"/> and the check of documents must agree.</summary>
    public static IEnumerable<string> TextsOf(SchemaNode node) => node.Enum.Count > 0 ? node.Enum : Texts.Where(text => IsRight(node, text));

    /// <summary>The object with these fields, and with what it must have beside them.</summary>
    public static JsonObject Complete(SchemaNode schema, JsonObject fields)
    {
        foreach (var rule in schema.Rules.Select(rule => rule.Expression))
            Prepare(fields, rule);
        foreach (var name in schema.Required.Where(name => !fields.ContainsKey(name)))
            fields[name] = Smallest(schema.Properties[name]);
        foreach (var rule in schema.Rules.Select(rule => rule.Expression))
            Satisfy(schema, fields, rule);
        return fields;
    }

    /// <summary>Objects that hold the field of a path such as "spec.tls.sni", and of each list on the way one item.</summary>
    public static JsonObject Holding(SchemaNode root, string path, JsonNode value)
    {
        var (first, rest) = path.IndexOfAny(['.', '[']) is var end and >= 0 ? (path[..end], path[end..]) : (path, "");
        return Complete(root, new JsonObject { [first] = Inside(root.Properties[first], rest, value) });
    }

    private static JsonNode Inside(SchemaNode node, string rest, JsonNode value) => rest switch
    {
        "" => value,
        _ when rest.StartsWith("[]", StringComparison.Ordinal) => FirstItem(node, Inside(node.Items!, rest[2..], value)),
        _ => Holding(node, rest.TrimStart('.'), value),
    };

    private static JsonArray FirstItem(SchemaNode list, JsonNode first)
    {
        var items = new JsonArray(first);
        for (var i = 1; i < (list.MinItems ?? 0); i++)
            items.Add(Smallest(list.Items!));
        return items;
    }

    private static JsonArray Items(SchemaNode list, int count, int variant)
    {
        var items = new JsonArray();
        for (var i = 0; i < count; i++)
            items.Add(Smallest(list.Items!, variant));
        return items;
    }

    /// <summary>Before required fields are filled in: what a field that is there asks of others.</summary>
    private static void Prepare(JsonObject fields, string rule)
    {
        if (Companion().Match(rule) is { Success: true } companion)
        {
            if (fields.ContainsKey(companion.Groups[3].Value))
                fields.TryAdd(companion.Groups[1].Value, companion.Groups[2].Value);
        }
        else if (Target().Match(rule) is { Success: true } target)
        {
            fields.TryAdd("group", target.Groups[1].Value);
            fields.TryAdd("kind", target.Groups[2].Value);
        }
    }

    private static void Satisfy(SchemaNode schema, JsonObject fields, string rule)
    {
        if (Choice().Match(rule) is { Success: true } choice)
        {
            var names = Has().Matches(choice.Groups[1].Value).Select(match => match.Groups[1].Value).ToArray();
            if (!choice.Groups[2].Value.StartsWith("filter", StringComparison.Ordinal) && !names.Any(fields.ContainsKey))
                fields[names[0]] = Smallest(schema.Properties[names[0]]);
        }
        else if (Companion().Match(rule) is { Success: true } companion)
        {
            var (field, word, wanted) = (companion.Groups[1].Value, companion.Groups[2].Value, companion.Groups[3].Value);
            if (fields[field]?.ToString() == word && !fields.ContainsKey(wanted))
                fields[wanted] = Smallest(schema.Properties[wanted]);
        }
        else if (rule.StartsWith("self.group == ''", StringComparison.Ordinal))
        {
            fields.TryAdd("port", 80);
        }
        else if (rule.StartsWith("has(self.issuerURI)", StringComparison.Ordinal))
        {
            fields.TryAdd("issuerURI", "https://alpha.example/a");
        }
        else if (rule.StartsWith("!has(self.xffTrustedCIDRs)", StringComparison.Ordinal) && fields.ContainsKey("xffTrustedCIDRs"))
        {
            fields["useRemoteAddress"] = false;
        }
    }

    private static bool IsRight(SchemaNode node, string text)
    {
        var isRight = text.Length >= (node.MinLength ?? 0) && text.Length <= (node.MaxLength ?? int.MaxValue) && node.Check?.Invoke(text) is null;
        if (isRight && node.Pattern is not null)
            Assert.Matches(node.Pattern, text);
        return isRight;
    }

    [GeneratedRegex(@"^\[(.*)\]\.(exists_one|exists|filter)\(")]
    private static partial Regex Choice();

    [GeneratedRegex(@"has\(self\.(\w+)\)")]
    private static partial Regex Has();

    [GeneratedRegex(@"self\.(\w+) == '(\w+)'\) == has\(self\.(\w+)\)")]
    private static partial Regex Companion();

    [GeneratedRegex(@"^\(self\.group == '([^']*)' && self\.kind == '([^']*)'")]
    private static partial Regex Target();
}
