using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Resources.Schemas.OpenApi;

/// <summary>The OpenAPI v3 document of a version of an API group, as an API server serves it under /openapi/v3.</summary>
public static class OpenApiDocument
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether there is a document: some kind of the group is served in the version.</summary>
    public static bool Exists(string group, string version) => KindsOf(group, version).Any();

    /// <summary>Writes the document as JSON.</summary>
    /// <param name="group">"" for the core group.</param>
    /// <param name="version">For example "v1".</param>
    /// <param name="output">Where the bytes go.</param>
    /// <exception cref="ArgumentException">There is no such document.</exception>
    public static void Write(string group, string version, IBufferWriter<byte> output)
    {
        var kinds = KindsOf(group, version).ToArray();
        if (kinds.Length == 0)
            throw new ArgumentException($"no kind of the group \"{group}\" is served in the version {version}", nameof(version));
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("openapi", "3.0.0");
        json.WriteStartObject("info");
        json.WriteString("title", "Kubernetes");
        json.WriteString("version", "unversioned");
        json.WriteEndObject();
        json.WriteStartObject("paths");
        foreach (var kind in kinds)
            OpenApiPaths.Write(json, kind, version);
        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("schemas");
        new OpenApiComponents(json, version).Write(kinds);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static IEnumerable<KindSchema> KindsOf(string group, string version) =>
        KindSchemas.All.Where(kind => kind.Group == group && kind.Versions.Any(one => one.IsServed && one.Name == version));
}
