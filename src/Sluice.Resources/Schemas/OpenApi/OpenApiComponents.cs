using System.Text.Json;
using Sluice.Resources.Schemas.Meta;

namespace Sluice.Resources.Schemas.OpenApi;

/// <summary>components.schemas: the kinds, their lists, and the parts that have a name of their own.</summary>
internal sealed class OpenApiComponents(Utf8JsonWriter json, string version)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly Queue<SchemaNode> _waiting = new();

    public void Write(IReadOnlyList<KindSchema> kinds)
    {
        foreach (var kind in kinds)
        {
            WriteKind(kind);
            if (!kind.IsReview)
                WriteList(kind);
        }

        _waiting.Enqueue(ObjectMetaSchema.DeleteOptions);
        _waiting.Enqueue(ObjectMetaSchema.Status);
        _waiting.Enqueue(ObjectMetaSchema.Patch);
        while (_waiting.TryDequeue(out var part))
        {
            if (!_written.Add(part.ComponentName!))
                continue;
            json.WriteStartObject(part.ComponentName!);
            if (part.Description.Length > 0)
                json.WriteString("description", part.Description);
            WriteBody(part);
            json.WriteEndObject();
        }
    }

    private void WriteKind(KindSchema kind)
    {
        json.WriteStartObject(OpenApiNames.ComponentOf(kind, version));
        json.WriteString("description", kind.Root.Description);
        WriteBody(kind.Root);
        OpenApiNames.WriteKindList(json, kind, version, kind.Kind);
        json.WriteEndObject();
    }

    private void WriteList(KindSchema kind)
    {
        json.WriteStartObject(OpenApiNames.ComponentOf(kind, version) + "List");
        json.WriteString("description", $"A list of {kind.Kind} objects.");
        json.WriteString("type", "object");
        json.WriteStrings("required", ["items"]);
        json.WriteStartObject("properties");
        WriteProperty("apiVersion", Shape.AnyText);
        WriteProperty("kind", Shape.AnyText);
        WriteProperty("metadata", ObjectMetaSchema.ListMeta);
        json.WriteStartObject("items");
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        json.WriteReference(OpenApiNames.ComponentOf(kind, version));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        OpenApiNames.WriteKindList(json, kind, version, kind.Kind + "List");
        json.WriteEndObject();
    }

    private void WriteProperty(string name, SchemaNode schema)
    {
        json.WriteStartObject(name);
        WritePlace(schema);
        json.WriteEndObject();
    }

    /// <summary>A schema where it is used: a reference when it has a name, written out otherwise.</summary>
    private void WritePlace(SchemaNode schema)
    {
        if (schema.Description.Length > 0)
            json.WriteString("description", schema.Description);
        if (schema.ComponentName is not null)
        {
            _waiting.Enqueue(schema);
            json.WriteStartArray("allOf");
            json.WriteStartObject();
            json.WriteReference(schema.ComponentName);
            json.WriteEndObject();
            json.WriteEndArray();
            if (schema.Default is not null)
                json.WriteNode("default", schema.Default);
        }
        else
        {
            WriteBody(schema);
        }

        if (schema.PatchMergeKey is not null)
            json.WriteString("x-kubernetes-patch-merge-key", schema.PatchMergeKey);
        if (schema.PatchStrategy is not null)
            json.WriteString("x-kubernetes-patch-strategy", schema.PatchStrategy);
    }

    private void WriteBody(SchemaNode schema)
    {
        json.WriteFacts(schema.ComponentName is null ? schema : schema with { Default = null });
        if (schema.Required.Count > 0)
            json.WriteStrings("required", schema.Required);
        if (schema.Properties.Count > 0)
        {
            json.WriteStartObject("properties");
            foreach (var (name, property) in schema.Properties)
                WriteProperty(name, property);
            json.WriteEndObject();
        }

        if (schema.Items is not null)
            WriteProperty("items", schema.Items);
        if (schema.AdditionalProperties is not null)
            WriteProperty("additionalProperties", schema.AdditionalProperties);
        json.WriteStructure(schema);
    }
}
