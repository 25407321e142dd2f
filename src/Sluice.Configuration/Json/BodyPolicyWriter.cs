using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Writes what becomes of messages and their bodies.</summary>
internal static class BodyPolicyWriter
{
    public static void Write(Utf8JsonWriter writer, TransformationPolicy? transformation)
    {
        if (transformation is null)
            return;
        writer.WriteStartObject("transformation");
        Write(writer, "request", transformation.Request);
        Write(writer, "response", transformation.Response);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, CompressionPolicy? compression)
    {
        if (compression is null)
            return;
        writer.WriteStartObject("compression");
        Write(writer, compression.Codings);
        PolicyWriter.Write(writer, "contentTypes", compression.ContentTypes);
        writer.WriteNumber("minLength", compression.MinLength);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, DecompressionPolicy? decompression)
    {
        if (decompression is null)
            return;
        writer.WriteStartObject("decompression");
        Write(writer, decompression.Codings);
        writer.WriteNumber("maxBytes", decompression.MaxBytes);
        writer.WriteNumber("maxRatio", decompression.MaxRatio);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<ContentCoding> codings) => PolicyWriter.Write(writer, "codings", [.. codings.Select(coding => coding.ToString())]);

    private static void Write(Utf8JsonWriter writer, string name, MessageTransformation? message)
    {
        if (message is null)
            return;
        writer.WriteStartObject(name);
        Write(writer, "set", message.Set);
        Write(writer, "add", message.Add);
        PolicyWriter.Write(writer, "remove", message.Remove);
        if (message.Body is { } body)
        {
            writer.WriteStartObject("body");
            writer.WriteString("parseAs", body.ParseAs.ToString());
            RequestPolicyWriter.WriteText(writer, "value", body.Value);
            writer.WriteEndObject();
        }
        if (message.DynamicMetadata.Count > 0)
        {
            writer.WriteStartArray("dynamicMetadata");
            foreach (var entry in message.DynamicMetadata)
            {
                writer.WriteStartObject();
                writer.WriteString("namespace", entry.Namespace);
                writer.WriteString("key", entry.Key);
                writer.WriteString("value", entry.Value);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<HeaderTemplate> headers)
    {
        if (headers.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var header in headers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", header.Name);
            writer.WriteString("value", header.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
