using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sluice.Resources.Schemas.OpenApi;

/// <summary>The list of documents that an API server serves under /openapi/v3.</summary>
public static class OpenApiIndex
{
    private static readonly Lazy<(string Path, string Hash)[]> Entries = new(Read);

    /// <summary>Writes the list as JSON. The hashes in its addresses change when the documents do, so that clients may keep them.</summary>
    public static void Write(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("paths");
        foreach (var (path, hash) in Entries.Value)
        {
            json.WriteStartObject(path);
            json.WriteString("serverRelativeURL", $"/openapi/v3/{path}?hash={hash}");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The hash of one document, upper-case hexadecimal; null when there is no such document.</summary>
    /// <param name="path">"api/v1" or "apis/gateway.networking.k8s.io/v1".</param>
    public static string? HashOf(string path) => Entries.Value.FirstOrDefault(entry => entry.Path == path).Hash;

    private static (string Path, string Hash)[] Read()
    {
        var entries = new List<(string Path, string Hash)>();
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var (group, version) in KindSchemas.All
            .SelectMany(kind => kind.Versions.Where(version => version.IsServed).Select(version => (kind.Group, version.Name)))
            .Distinct())
        {
            buffer.ResetWrittenCount();
            OpenApiDocument.Write(group, version, buffer);
            entries.Add((group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}", Convert.ToHexString(SHA256.HashData(buffer.WrittenSpan))));
        }

        return [.. entries];
    }
}
