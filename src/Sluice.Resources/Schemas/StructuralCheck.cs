using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>
/// Compares objects with the structure that a schema gives them: unknown fields, and values of a wrong type. Limits, patterns
/// and rules across fields are for the binders.
/// </summary>
public static class StructuralCheck
{
    /// <summary>Findings that are told; more than these say nothing new.</summary>
    public const int MaxFindings = 100;

    /// <summary>Everything that does not fit, in the order of the object, at most <see cref="MaxFindings"/>.</summary>
    public static IReadOnlyList<SchemaFinding> Check(SchemaNode schema, JsonNode? value)
    {
        var findings = new List<SchemaFinding>();
        Walk(schema, value, new FieldPath(), findings, prune: false);
        return findings;
    }

    /// <summary>Removes unknown fields, in place.</summary>
    /// <returns>Their paths; at most <see cref="MaxFindings"/> of them, though all are removed.</returns>
    public static IReadOnlyList<string> Prune(SchemaNode schema, JsonNode? value)
    {
        var findings = new List<SchemaFinding>();
        Walk(schema, value, new FieldPath(), findings, prune: true);
        return [.. findings.Where(finding => finding.IsUnknown).Select(finding => finding.Path)];
    }

    private static void Walk(SchemaNode schema, JsonNode? value, FieldPath path, List<SchemaFinding> findings, bool prune)
    {
        if (value is null || schema.Type == SchemaType.Any)
            return;
        if (!Fits(schema.Type, value))
        {
            var place = path.ToString();
            Add(findings, new SchemaFinding(place, false, $"Invalid value: \"{NameOf(value)}\": {place} in body must be of type {NameOf(schema.Type)}: \"{NameOf(value)}\""));
            return;
        }

        if (value is JsonObject item)
            WalkObject(schema, item, path, findings, prune);
        else if (value is JsonArray list && schema.Items is { } items)
            WalkList(items, list, path, findings, prune);
    }

    private static void WalkObject(SchemaNode schema, JsonObject item, FieldPath path, List<SchemaFinding> findings, bool prune)
    {
        List<string>? unknown = null;
        foreach (var (name, value) in item)
        {
            path.Push(name);
            if (schema.Child(name) is { } child)
            {
                Walk(child, value, path, findings, prune);
            }
            else if (!schema.PreserveUnknownFields)
            {
                var place = path.ToString();
                Add(findings, new SchemaFinding(place, true, $"unknown field \"{place}\""));
                if (prune)
                    (unknown ??= []).Add(name);
            }

            path.Pop();
        }

        if (unknown is null)
            return;
        foreach (var name in unknown)
            item.Remove(name);
    }

    private static void WalkList(SchemaNode items, JsonArray list, FieldPath path, List<SchemaFinding> findings, bool prune)
    {
        for (var i = 0; i < list.Count; i++)
        {
            path.Push(i);
            if (list[i] is null && !items.Nullable && items.Type != SchemaType.Any)
            {
                var place = path.ToString();
                Add(findings, new SchemaFinding(place, false, $"Invalid value: \"null\": {place} in body must be of type {NameOf(items.Type)}: \"null\""));
            }

            Walk(items, list[i], path, findings, prune);
            path.Pop();
        }
    }

    private static void Add(List<SchemaFinding> findings, SchemaFinding finding)
    {
        if (findings.Count < MaxFindings)
            findings.Add(finding);
    }

    private static bool Fits(SchemaType type, JsonNode value) => type switch
    {
        SchemaType.Object => value is JsonObject,
        SchemaType.Array => value is JsonArray,
        SchemaType.String => value.GetValueKind() == JsonValueKind.String,
        SchemaType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        SchemaType.Number => value.GetValueKind() == JsonValueKind.Number,
        SchemaType.Integer => IsWhole(value),
        SchemaType.IntOrString => value.GetValueKind() == JsonValueKind.String || IsWhole(value),
        _ => true,
    };

    /// <summary>1.0 is whole too, as it is to an API server.</summary>
    private static bool IsWhole(JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
            return false;
        var number = value.AsValue();
        return number.TryGetValue<long>(out _) ||
            (decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == decimal.Truncate(exact));
    }

    private static string NameOf(SchemaType type) => type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Boolean => "boolean",
        SchemaType.Number => "number",
        SchemaType.Integer => "integer",
        SchemaType.IntOrString => "integer,string",
        _ => "any",
    };

    private static string NameOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
        _ => "boolean",
    };
}
