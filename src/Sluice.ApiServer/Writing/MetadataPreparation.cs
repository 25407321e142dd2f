using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Writing;

/// <summary>The parts of metadata that belong to the server.</summary>
internal static class MetadataPreparation
{
    /// <summary>Letters of generated names: no vowels, so that no words come out, and nothing that looks like something else.</summary>
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";
    private const int GeneratedLetters = 5;
    private const int LongestGeneratedBase = 63 - GeneratedLetters;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Makes sure that metadata is there and names what the URL names.</summary>
    /// <exception cref="ApiException">400: it does not.</exception>
    public static JsonObject Identify(WriteContext context, JsonObject value)
    {
        if (value.ContainsKey("metadata") && value["metadata"] is not (JsonObject or null))
            throw ApiException.BadRequest("metadata: must be an object");
        var metadata = value.Child("metadata");
        foreach (var field in (ReadOnlySpan<string>)["name", "namespace", "generateName", "uid", "resourceVersion"])
        {
            if (metadata[field] is { } node && node.Text() is null)
                throw ApiException.BadRequest($"metadata.{field}: must be a string");
        }

        var path = context.Path;
        var space = metadata.Text("namespace") ?? "";
        if (context.Kind.IsNamespaced && space.Length > 0 && space != path.Namespace)
            throw ApiException.BadRequest($"the object's namespace \"{space}\" is not the one of the request, \"{path.Namespace}\"");
        metadata.Put("namespace", context.Kind.IsNamespaced ? path.Namespace : null);
        var name = metadata.Text("name") ?? "";
        if (path.Name.Length > 0 && name.Length > 0 && name != path.Name)
            throw ApiException.BadRequest($"the object's name \"{name}\" is not the one of the request, \"{path.Name}\"");
        if (path.Name.Length > 0)
            metadata["name"] = path.Name;
        return metadata;
    }

    /// <summary>Fills in what a new object gets.</summary>
    public static void ForCreate(WriteContext context, JsonObject metadata)
    {
        foreach (var field in (ReadOnlySpan<string>)["resourceVersion", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "generation"])
            metadata.Remove(field);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Time(context.Now);
        if (context.Kind.HasGeneration)
            metadata["generation"] = 1L;
    }

    /// <summary>A name for an object that gives only its beginning. False when it gives neither.</summary>
    public static bool TryName(JsonObject metadata)
    {
        if (metadata.Text("name") is { Length: > 0 })
            return true;
        if (metadata.Text("generateName") is not { Length: > 0 } start)
            return false;
        if (start.Length > LongestGeneratedBase)
            start = start[..LongestGeneratedBase];
        metadata["name"] = start + new string(Random.Shared.GetItems<char>(NameLetters, GeneratedLetters));
        return true;
    }

    /// <summary>Keeps what a change may not touch.</summary>
    public static void ForUpdate(JsonObject metadata, JsonObject live)
    {
        foreach (var field in (ReadOnlySpan<string>)["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName"])
            metadata.Put(field, live[field]?.DeepClone());
        metadata.Remove("selfLink");
    }
}
