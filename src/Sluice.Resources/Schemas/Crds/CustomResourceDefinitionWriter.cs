using System.Text.Json;

namespace Sluice.Resources.Schemas.Crds;

/// <summary>
/// Writes the CustomResourceDefinition (apiextensions.k8s.io/v1) of a kind. What it writes is structural: every field has a type,
/// nothing is a reference, and metadata is left to the API server.
/// </summary>
public static class CustomResourceDefinitionWriter
{
    /// <exception cref="ArgumentException">The kind is one of Kubernetes' own.</exception>
    public static void Write(Utf8JsonWriter json, KindSchema kind)
    {
        if (!kind.IsCustom)
            throw new ArgumentException($"{kind.Kind} is a kind of Kubernetes itself", nameof(kind));
        json.WriteStartObject();
        json.WriteString("apiVersion", "apiextensions.k8s.io/v1");
        json.WriteString("kind", "CustomResourceDefinition");
        json.WriteStartObject("metadata");
        json.WriteString("name", $"{kind.Plural}.{kind.Group}");
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteString("group", kind.Group);
        json.WriteString("scope", kind.Namespaced ? "Namespaced" : "Cluster");
        WriteNames(json, kind);
        json.WriteStartArray("versions");
        foreach (var version in kind.Versions)
            WriteVersion(json, kind, version);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, KindSchema kind)
    {
        json.WriteStartObject("names");
        json.WriteString("kind", kind.Kind);
        json.WriteString("listKind", kind.Kind + "List");
        json.WriteString("plural", kind.Plural);
        json.WriteString("singular", kind.Singular);
        if (kind.ShortNames.Count > 0)
            json.WriteStrings("shortNames", kind.ShortNames);
        if (kind.Categories.Count > 0)
            json.WriteStrings("categories", kind.Categories);
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, KindSchema kind, KindVersion version)
    {
        json.WriteStartObject();
        json.WriteString("name", version.Name);
        json.WriteBoolean("served", version.IsServed);
        json.WriteBoolean("storage", version.IsStored);
        if (version.DeprecationWarning is not null)
        {
            json.WriteBoolean("deprecated", true);
            json.WriteString("deprecationWarning", version.DeprecationWarning);
        }

        if (kind.HasStatus)
        {
            json.WriteStartObject("subresources");
            json.WriteStartObject("status");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        WriteColumns(json, kind);
        json.WriteStartObject("schema");
        json.WriteStartObject("openAPIV3Schema");
        WriteRoot(json, kind.Root);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, KindSchema kind)
    {
        json.WriteStartArray("additionalPrinterColumns");
        foreach (var column in kind.PrinterColumns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteString("jsonPath", column.JsonPath);
            if (column.Priority > 0)
                json.WriteNumber("priority", column.Priority);
            if (column.Description.Length > 0)
                json.WriteString("description", column.Description);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>metadata is an object and no more: the API server knows its fields.</summary>
    private static void WriteRoot(Utf8JsonWriter json, SchemaNode root) =>
        WriteBody(json, root, name => name == "metadata" ? new SchemaNode { Type = SchemaType.Object } : root.Properties[name]);

    private static void WriteNode(Utf8JsonWriter json, string name, SchemaNode schema)
    {
        json.WriteStartObject(name);
        WriteBody(json, schema, property => schema.Properties[property]);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, SchemaNode schema, Func<string, SchemaNode> propertyOf)
    {
        if (schema.Description.Length > 0)
            json.WriteString("description", schema.Description);
        json.WriteFacts(schema);
        if (schema.Required.Count > 0)
            json.WriteStrings("required", schema.Required);
        if (schema.Properties.Count > 0)
        {
            json.WriteStartObject("properties");
            foreach (var name in schema.Properties.Keys)
                WriteNode(json, name, propertyOf(name));
            json.WriteEndObject();
        }

        if (schema.Items is not null)
            WriteNode(json, "items", schema.Items);
        if (schema.AdditionalProperties is not null)
            WriteNode(json, "additionalProperties", schema.AdditionalProperties);
        json.WriteStructure(schema);
    }
}
