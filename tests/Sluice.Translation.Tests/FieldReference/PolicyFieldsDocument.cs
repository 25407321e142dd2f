using System.Globalization;
using System.Text;
using Sluice.Resources.Schemas;
using Sluice.Translation.Support;
using Sluice.Translation.Support.Policies;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests.FieldReference;

/// <summary>docs/reference/policies.md, as the schemas and the support table make it.</summary>
internal static class PolicyFieldsDocument
{
    private const string Introduction = """
        # Policies and other kinds

        The kinds beside the Gateway API that are read, with every field that holds a value: its type and range, what is filled in
        when it is absent, and whether Sluice does what it says.

        - **yes**: it does what the API says.
        - **refused**: an object that uses it gets a condition that says so, and what needs it is not served.
        - **no effect**: it is read and checked, and changes nothing.
        - **not yet**: it is read and checked, and does not do yet what the API says.

        Durations are those of the Gateway API: `1h30m`, `10s`, `500ms`. Quantities are bytes, as a number or with a unit: `65536`,
        `64Ki`, `1Mi`. A type in **bold** is required where the object that it is a field of is there. Manifests with a value out of its
        range are refused with file, line and field; fields that are not here have no effect and get a warning. Beside the limits
        here, those for all manifests hold: [limits](limits.md).

        Generated from `src/Sluice.Resources/Schemas` and `src/Sluice.Translation/Support/Policies`. A test fails when this page is
        out of date; `SLUICE_UPDATE_FIELDS=1 ./test Translation` writes it anew.

        """;

    public static string FilePath => Path.Combine(Repository.Root, "docs", "reference", "policies.md");

    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        foreach (var kind in PolicySupportTable.Kinds)
        {
            var schema = KindSchemas.All.Single(schema => schema.Kind == kind.Kind && schema.Plural == kind.Plural);
            text.Append($"\n## {kind.Kind}\n\n`{schema.ApiVersion(schema.StoredVersion.Name)}`. {schema.Root.Description}\n");
            WriteRules(text, schema.Root.Properties["spec"], "spec");
            text.Append("\n| field | type | default | meaning | supported | notes |\n| --- | --- | --- | --- | --- | --- |\n");
            foreach (var field in kind.Fields)
                WriteField(text, schema, field);
        }

        return text.ToString();
    }

    /// <summary>Rules across fields, before the fields themselves.</summary>
    private static void WriteRules(StringBuilder text, SchemaNode node, string path)
    {
        var lines = new List<string>();
        CollectRules(node, path, lines);
        if (lines.Count > 0)
            text.Append($"\nRules across fields:\n\n{string.Join('\n', lines)}\n");
    }

    private static void CollectRules(SchemaNode node, string path, List<string> lines)
    {
        if (node.Properties.Count > 0)
            lines.AddRange(node.Rules.Select(rule => $"- `{path}` {rule.Message}."));
        if (node.Items is { } items)
            CollectRules(items, path + "[]", lines);
        foreach (var (name, property) in node.Properties)
            CollectRules(property, $"{path}.{name}", lines);
    }

    private static void WriteField(StringBuilder text, KindSchema kind, FieldSupport field)
    {
        var (parent, node, lists) = (kind.Root, kind.Root, new List<SchemaNode>());
        foreach (var step in field.Path.Split('.'))
        {
            parent = node;
            node = node.Properties[step.TrimEnd('[', ']')];
            if (step.EndsWith(']'))
            {
                lists.Add(node);
                node = node.Items!;
            }
        }

        var last = field.Path[(field.Path.LastIndexOf('.') + 1)..];
        var isList = last.EndsWith(']');
        var (name, own) = (last.TrimEnd('[', ']'), isList ? lists[^1] : node);
        var type = (isList ? $"list{Range(own.MinItems, own.MaxItems, "items")} of " : "") + Type(node);
        text.Append($"| `{field.Path}` | {(parent.Required.Contains(name) ? $"**{type}**" : type)} |{Cell(own.Default is null ? "" : $"`{own.Default.ToJsonString().Trim('"')}`")}{Cell(own.Description)}{Cell(Word(field.Level))}{Cell(field.Notes)}\n");
    }

    private static string Type(SchemaNode node) => node switch
    {
        { Enum.Count: > 0 } => string.Join(", ", node.Enum.Select(word => $"`{word}`")),
        { Type: SchemaType.Object, AdditionalProperties: not null } => $"map{Range(node.MinProperties, node.MaxProperties, "entries")}",
        { Type: SchemaType.Object, PreserveUnknownFields: true } => "any object",
        { Type: SchemaType.Object } => "`{}`",
        { Type: SchemaType.Boolean } => "boolean",
        { Type: SchemaType.Integer } => $"integer{Range(node.Minimum, node.Maximum, "")}",
        { Type: SchemaType.IntOrString } => $"quantity{Range(node.Minimum, node.Maximum, "")}",
        { Pattern: { } pattern } when pattern.Contains("(h|m|s|ms)", StringComparison.Ordinal) => "duration" + string.Concat(node.Rules.Select(rule => rule.Message.Replace("must be", ",", StringComparison.Ordinal).Replace(", at", " at", StringComparison.Ordinal))),
        _ => $"text{Range(node.MinLength, node.MaxLength, "characters")}",
    };

    private static string Range(long? min, long? max, string unit)
    {
        var text = (min ?? 0, max) switch
        {
            (0, null) => min is null ? "" : "at least 0",
            (var least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
            (0, var most) when unit.Length > 0 => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
            (var least, var most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
        };
        return text.Length == 0 ? "" : $" ({text}{(unit.Length == 0 ? "" : " ")}{unit})";
    }

    private static string Cell(string content) => content.Length == 0 ? " |" : $" {content.Replace("|", "\\|", StringComparison.Ordinal)} |";

    private static string Word(SupportLevel level) => level switch
    {
        SupportLevel.Supported => "yes",
        SupportLevel.Refused => "refused",
        SupportLevel.WithoutEffect => "no effect",
        _ => "not yet",
    };
}
