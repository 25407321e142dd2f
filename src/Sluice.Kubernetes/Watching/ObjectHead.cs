using System.Text.Json;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Kubernetes.Watching;

/// <summary>What tells objects and their versions apart.</summary>
internal readonly record struct ObjectHead(NamespacedName Name, string ResourceVersion)
{
    /// <exception cref="JsonException">The object has no name or resourceVersion.</exception>
    public static ObjectHead Read(ReadOnlySpan<byte> json)
    {
        var head = ReadMetadata(json);
        return head.ResourceVersion.Length == 0 || head.Name.Name.Length == 0
            ? throw new JsonException("an object without metadata.name or metadata.resourceVersion")
            : head;
    }

    /// <summary>The resourceVersion of a bookmark, which has no name.</summary>
    public static string ReadVersion(ReadOnlySpan<byte> json)
    {
        var version = ReadMetadata(json).ResourceVersion;
        return version.Length == 0 ? throw new JsonException("a bookmark without metadata.resourceVersion") : version;
    }

    private static ObjectHead ReadMetadata(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ObjectJson.Options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject)
                return ReadFields(ref reader);
            reader.Skip();
        }

        return new ObjectHead(new NamespacedName("", ""), "");
    }

    private static ObjectHead ReadFields(ref Utf8JsonReader reader)
    {
        var (name, ns, version) = ("", "", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueTextEquals("name"u8) ? 1 : reader.ValueTextEquals("namespace"u8) ? 2 : reader.ValueTextEquals("resourceVersion"u8) ? 3 : 0;
            reader.Read();
            if (field == 0 || reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }

            var text = Text(ref reader);
            if (field == 1)
                name = text;
            else if (field == 2)
                ns = text;
            else
                version = text;
        }

        return new ObjectHead(new NamespacedName(ns, name), version);
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("metadata that is not valid UTF-8", error);
        }
    }
}
