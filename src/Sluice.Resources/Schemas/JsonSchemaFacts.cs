using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas;

/// <summary>The parts of a schema that OpenAPI documents and CustomResourceDefinitions write alike.</summary>
internal static class JsonSchemaFacts
{
    /// <summary>type, format, default, enum and limits.</summary>
    public static void WriteFacts(this Utf8JsonWriter json, SchemaNode schema)
    {
        WriteType(json, schema);
        if (schema.Format is not null)
            json.WriteString("format", schema.Format);
        if (schema.Default is not null)
            json.WriteNode("default", schema.Default);
        WriteEnum(json, schema);
        if (schema.Pattern is not null)
            json.WriteString("pattern", schema.Pattern);
        WriteNumber(json, "minimum", schema.Minimum);
        WriteNumber(json, "maximum", schema.Maximum);
        WriteNumber(json, "minLength", schema.MinLength);
        WriteNumber(json, "maxLength", schema.MaxLength);
        WriteNumber(json, "minItems", schema.MinItems);
        WriteNumber(json, "maxItems", schema.MaxItems);
        WriteNumber(json, "minProperties", schema.MinProperties);
        WriteNumber(json, "maxProperties", schema.MaxProperties);
        if (schema.Nullable)
            json.WriteBoolean("nullable", true);
    }

    /// <summary>What server-side apply and pruning go by.</summary>
    public static void WriteStructure(this Utf8JsonWriter json, SchemaNode schema)
    {
        if (schema.Type == SchemaType.Array)
            json.WriteString("x-kubernetes-list-type", NameOf(schema.ListType));
        if (schema.ListMapKeys.Count > 0)
            json.WriteStrings("x-kubernetes-list-map-keys", schema.ListMapKeys);
        if (schema.IsAtomicMap)
            json.WriteString("x-kubernetes-map-type", "atomic");
        if (schema.PreserveUnknownFields)
            json.WriteBoolean("x-kubernetes-preserve-unknown-fields", true);
        if (schema.Rules.Count == 0)
            return;
        json.WriteStartArray("x-kubernetes-validations");
        foreach (var rule in schema.Rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Expression);
            json.WriteString("message", rule.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static void WriteNode(this Utf8JsonWriter json, string name, JsonNode node)
    {
        json.WritePropertyName(name);
        node.WriteTo(json);
    }

    private static void WriteType(Utf8JsonWriter json, SchemaNode schema)
    {
        switch (schema.Type)
        {
            case SchemaType.Any:
                break;
            case SchemaType.IntOrString:
                json.WriteBoolean("x-kubernetes-int-or-string", true);
                json.WriteStartArray("anyOf");
                foreach (var type in (ReadOnlySpan<string>)["integer", "string"])
                {
                    json.WriteStartObject();
                    json.WriteString("type", type);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteString("type", NameOf(schema.Type));
                break;
        }
    }

    private static void WriteEnum(Utf8JsonWriter json, SchemaNode schema)
    {
        if (schema.Enum.Count == 0)
            return;
        json.WriteStartArray("enum");
        foreach (var value in schema.Enum)
        {
            if (schema.Type == SchemaType.Integer)
                json.WriteRawValue(value);
            else
                json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private static string NameOf(ListType type) => type switch
    {
        ListType.Set => "set",
        ListType.Map => "map",
        _ => "atomic",
    };

    private static string NameOf(SchemaType type) => type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        _ => "boolean",
    };
}
